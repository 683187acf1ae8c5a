package dev.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.builds.Builds;
import dev.signalbox.db.Db;
import dev.signalbox.db.Ids;
import dev.signalbox.db.TestDb;
import dev.signalbox.engine.FakeEngine;
import dev.signalbox.logs.Logs;
import dev.signalbox.projects.Projects;
import dev.signalbox.space.Space;
import dev.signalbox.space.SpaceKit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
    @TempDir
    Path directory;

    private final Clock clock = Clock.systemUTC();
    private final FakeEngine engine = new FakeEngine(clock);

    private Space space(Db db) {
        var projects = new Projects(db, clock, new Ids(new SecureRandom()), removed -> {});
        return new Space(db, engine, projects, new Logs(directory, engine, clock), clock, SpaceKit.roomy(directory));
    }

    @Test
    void theKernelsFiguresAreRead() throws IOException {
        var proc = Files.createDirectories(directory.resolve("proc"));
        Files.writeString(
                proc.resolve("meminfo"),
                "MemTotal:        4000000 kB\nMemFree:          100000 kB\nMemAvailable:    1000000 kB\n");
        Files.writeString(proc.resolve("stat"), "cpu  30 0 10 50 10 0 0 0 7 0\ncpu0 1 1 1 1 1 1 1 1 1 1\n");
        try (var db = TestDb.open(directory)) {
            var space = space(db);
            var builds = new Builds(engine, db, clock, 2, space.room());
            var load = new Machine(space, builds, proc).get().orElseThrow();
            assertThat(load.memoryTotal()).isEqualTo(4_000_000L * 1024);
            assertThat(load.memoryUsed()).isEqualTo(3_000_000L * 1024);
            assertThat(load.processorPercent()).isEqualTo(40);
            assertThat(load.diskTotal()).isGreaterThan(load.diskUsed());
            assertThat(load.buildsRunning()).isZero();
            assertThat(load.buildsWaiting()).isZero();
        }
    }

    @Test
    void whereThereIsNoSuchKernelNothingIsSaid() {
        try (var db = TestDb.open(directory)) {
            var space = space(db);
            var builds = new Builds(engine, db, clock, 2, space.room());
            assertThat(new Machine(space, builds, directory.resolve("nowhere")).get())
                    .isEmpty();
        }
    }
}
