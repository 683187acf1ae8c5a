package dev.signalbox.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.MutableClock;
import dev.signalbox.db.Db;
import dev.signalbox.db.Ids;
import dev.signalbox.db.TestDb;
import dev.signalbox.engine.BuildRequest;
import dev.signalbox.engine.PrivateDocker;
import dev.signalbox.engine.TarFiles;
import dev.signalbox.logs.Logs;
import dev.signalbox.projects.Projects;
import dev.signalbox.space.Disk.Holds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done about a Docker whose disk, another than that of the data, fills up. */
class SpaceIT {
    private static final int MB = 1_000_000;

    @TempDir
    Path directory;

    private final MutableClock clock = new MutableClock();
    private PrivateDocker docker;
    private Db db;
    private Space space;

    @BeforeEach
    void start() throws Exception {
        docker = PrivateDocker.start(directory, 100);
        var data = Files.createDirectories(directory.resolve("data"));
        db = TestDb.open(data);
        var projects = new Projects(db, clock, new Ids(new SecureRandom()), removed -> {});
        var logs = new Logs(data.resolve("logs"), docker.engine(), clock);
        var settings = SpaceKit.roomy(data)
                .withBounds(Level.Bounds.STANDARD)
                .withCache(60L * MB)
                .withNeed(5L * MB, 0)
                .withPatience(Duration.ZERO);
        space = new Space(db, docker.engine(), projects, logs, clock, settings);
    }

    @AfterEach
    void stop() throws Exception {
        if (space != null) space.close();
        if (db != null) db.close();
        if (docker != null) docker.close();
    }

    @Test
    void theDiskOfDockerIsWatchedTrimmedAndGuarded() throws Exception {
        space.lookAtDocker();
        assertThat(space.disks()).extracting(Disk::holds).containsExactly(Holds.DATA, Holds.DOCKER);
        for (int number = 1; number <= 6; number++) build(number);
        var cached = docker.engine().storage().cacheSize();
        assertThat(cached).isGreaterThan(20L * MB);

        clock.advance(Duration.ofMinutes(5));
        space.look();
        space.lookAtDocker();
        assertThat(docker.engine().storage().cacheSize())
                .as("there is room for all of it")
                .isEqualTo(cached);

        docker.disk().fill("filling", 14L * MB);
        clock.advance(Duration.ofMinutes(5));
        space.look();
        assertThat(space.level()).isEqualTo(Level.TIGHT);
        assertThat(space.fullest().holds()).isEqualTo(Holds.DOCKER);
        space.lookAtDocker();
        assertThat(docker.engine().storage().cacheSize()).isBetween(1L, 15L * MB);
        docker.disk().fill("more", 4L * MB);
        assertThatThrownBy(() -> enter())
                .isInstanceOf(NoRoom.class)
                .hasMessageMatching("The disk is 9[0-9] % full, and from 92 % on nothing is built: .*");
        docker.disk().delete("filling");
        try (var _ = enter()) {
            space.look();
            assertThat(space.level()).isEqualTo(Level.ROOMY);
        }
    }

    private BuildRoom.Stay enter() throws InterruptedException {
        return space.room().enter("svc_any", Duration.ZERO, why -> {});
    }

    private void build(int number) throws InterruptedException {
        var files = Map.of("Dockerfile", "FROM scratch\nCOPY piece /\n", "piece", (number + "piece ").repeat(400_000));
        var request = new BuildRequest("piece-" + number + ":1", "Dockerfile", null, Map.of(), Map.of(), false);
        try (var _ = enter()) {
            docker.engine().build(request, TarFiles.of(files), event -> {});
        }
        docker.engine().removeImage("piece-" + number + ":1");
    }
}
