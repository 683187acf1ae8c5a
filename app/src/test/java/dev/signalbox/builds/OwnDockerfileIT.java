package dev.signalbox.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.engine.EngineExtension;
import dev.signalbox.engine.Profile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Dockerfiles that people bring, built by the real BuildKit. */
class OwnDockerfileIT {
    @RegisterExtension
    static final EngineExtension docker = new EngineExtension();

    @TempDir
    Path directory;

    private Workshop workshop;

    @BeforeEach
    void open() {
        workshop = new Workshop(directory, docker.engine());
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    @Test
    void isBuiltWithoutItsFrontendAndWithoutSecrets() throws InterruptedException {
        var tree = MapTree.of(
                "Dockerfile", """
                        # syntax=docker/dockerfile:1
                        FROM debian:trixie-slim
                        COPY . /app
                        RUN find /app -type f | sort
                        EXPOSE 5000
                        """,
                ".env", "API_KEY=sesame",
                // Else a second run on this machine finds its steps in the cache.
                "main.sh", "echo " + docker.instance());

        var image = workshop.build(docker.name("own"), tree);

        assertThat(image.profile()).isEqualTo(Profile.FOREIGN);
        assertThat(image.exposedPort()).isEqualTo(5000);
        assertThat(workshop.narration.lines())
                .contains("  /app/Dockerfile", "  /app/main.sh", "DONE: [3/3] RUN find /app -type f | sort")
                .doesNotContain("  /app/.env");
    }

    @Test
    void twoPortsAreNoAnswerToWhichOneItIs() throws InterruptedException {
        var tree = MapTree.of("Dockerfile", "FROM debian:trixie-slim\nEXPOSE 5000 6000 7000/udp\n");
        assertThat(workshop.build(docker.name("ports"), tree).exposedPort()).isNull();
    }

    @Test
    void tellsWhichStepFailedAndWhatItSaid() {
        var tree = MapTree.of("Dockerfile", "FROM debian:trixie-slim\nRUN echo about to fail && exit 3\n");
        assertThatThrownBy(() -> workshop.build(docker.name("failing"), tree))
                .isInstanceOfSatisfying(BuildBroken.class, broken -> {
                    assertThat(broken).hasMessage("'[2/2] RUN echo about to fail && exit 3' failed with exit code 3.");
                    assertThat(broken.lastLines()).isEqualTo(List.of("about to fail"));
                });
    }

    @Test
    void namesTheLineThatIsNoInstruction() {
        var tree = MapTree.of("Dockerfile", "# syntax=docker/dockerfile:1\nFROM debian:trixie-slim\nRUNN make\n");
        assertThatThrownBy(() -> workshop.build(docker.name("broken"), tree))
                .isInstanceOf(BuildBroken.class)
                .hasMessageContaining("line 3: unknown instruction: RUNN");
    }

    @Test
    void anInterruptEndsTheBuild() throws Exception {
        var tree = MapTree.of("Dockerfile", "FROM debian:trixie-slim\nRUN echo begun && sleep 300\n");
        var result = new FutureTask<>(() -> workshop.rebuild(docker.name("endless"), tree));
        var thread = Thread.ofVirtual().start(result);
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!workshop.narration.lines().contains("  begun")) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }

        thread.interrupt();

        assertThatThrownBy(() -> result.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void noServiceSeesTheCacheOfAnother() throws InterruptedException {
        var mount = "RUN --mount=type=cache,target=/root/.npm ";
        // A build without the cache of layers would have an empty mount in any case. The variable makes each run a new
        // one.
        var from = "FROM debian:trixie-slim\nENV RUN_OF=" + docker.name("cache") + "\n";
        var write = MapTree.of("Dockerfile", from + mount + "echo mine > /root/.npm/trace\n");
        var read = MapTree.of("Dockerfile", from + mount + "echo found: $(ls /root/.npm)\n");

        workshop.build(docker.name("writes"), write);
        workshop.build(workshop.service("other"), docker.name("reads"), read, false);
        assertThat(workshop.narration.lines()).contains("  found:").doesNotContain("  found: trace");

        workshop.build(docker.name("reads-again"), read);
        assertThat(workshop.narration.lines()).contains("  found: trace");
    }
}
