package dev.signalbox.space;

import dev.signalbox.MutableClock;
import dev.signalbox.accounts.Accounts;
import dev.signalbox.db.Db;
import dev.signalbox.db.Ids;
import dev.signalbox.db.TestDb;
import dev.signalbox.engine.EngineSetup;
import dev.signalbox.engine.FakeEngine;
import dev.signalbox.logs.Logs;
import dev.signalbox.projects.Creation;
import dev.signalbox.projects.Name;
import dev.signalbox.projects.Project;
import dev.signalbox.projects.Projects;
import dev.signalbox.projects.Service;
import dev.signalbox.projects.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.function.UnaryOperator;

/** A machine with one service, whose memory says what a test wants, and whose disk may be a small one. */
final class Machinery implements AutoCloseable {
    final MutableClock clock = new MutableClock();
    final FakeEngine engine = new FakeEngine(clock);
    final Logs logs;
    final Db db;
    final Workload workload;
    final Space space;
    private final Path proc;

    /** @param data is on the disk in question, which is also Docker's */
    Machinery(Path directory, Path data, UnaryOperator<SpaceSettings> change) throws IOException {
        proc = Files.createDirectories(directory.resolve("proc"));
        memory(4_000_000, 2_000_000);
        engine.setUp(new EngineSetup("20.10.24", "1.1.5", "overlay2", false, true, data.toString()));
        db = TestDb.open(directory);
        var ids = new Ids(new SecureRandom());
        var projects = new Projects(db, clock, ids, removed -> {});
        var team = new Accounts(db, clock, ids).firstTeam();
        var project = made(projects.createProject(team, new Name("shop")));
        made(projects.createService(project, new Name("web")));
        workload = projects.workloads(project).getFirst();
        logs = new Logs(directory.resolve("logs"), engine, clock);
        space = new Space(
                db,
                engine,
                projects,
                logs,
                clock,
                change.apply(SpaceSettings.standard(data).withProc(proc).withBallast(0)));
    }

    Service service() {
        return workload.service();
    }

    Project project() {
        return workload.project();
    }

    void memory(long totalKilobytes, long availableKilobytes) throws IOException {
        Files.writeString(
                proc.resolve("meminfo"),
                "MemTotal: %d kB%nMemAvailable: %d kB%nSwapFree: 0 kB%n".formatted(totalKilobytes, availableKilobytes));
    }

    /** So many percent of the time something waits for memory. */
    void pressure(String percent) throws IOException {
        Files.createDirectories(proc.resolve("pressure"));
        Files.writeString(
                proc.resolve("pressure/memory"),
                "some avg10=%s avg60=0.00 avg300=0.00 total=1%nfull avg10=0.00 avg60=0.00 avg300=0.00 total=1%n"
                        .formatted(percent));
    }

    private static <T> T made(Creation<T> creation) {
        return ((Creation.Done<T>) creation).value();
    }

    @Override
    public void close() {
        space.close();
        db.close();
    }
}
