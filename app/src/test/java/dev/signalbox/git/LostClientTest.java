package dev.signalbox.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LostClientTest {
    @TempDir
    Path folder;

    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private GitWorld world;
    private GitClient git;

    @BeforeEach
    void setUp() throws Exception {
        world = new GitWorld(folder.resolve("data"));
        git = world.client(folder.resolve("work"), "shop/web");
        world.listener.script = (push, number, output) -> {
            running.countDown();
            while (!end.await(10, TimeUnit.MILLISECONDS)) output.accept("working");
            return ScriptedListener.live(push, number);
        };
    }

    @AfterEach
    void tearDown() {
        world.close();
    }

    @Test
    void whoLeavesWhileSendingLeavesNothing() throws Exception {
        var noise = new byte[60 * 1024 * 1024];
        new Random(1).nextBytes(noise);
        Files.write(git.directory.resolve("noise"), noise);
        git.commit("Noise");

        var push = git.start("push", "signalbox", "main");
        GitWorld.await("the pack to arrive", () -> received() > 1024 * 1024);
        push.kill();

        GitWorld.await("the end of the request", () -> world.server.underWay() == 0);
        assertThat(world.stored()).isEmpty();
        assertThat(world.projects.list(world.team)).isEmpty();
        assertThat(world.listener.pushes).isEmpty();

        end.countDown();
        assertThat(git.run("push", "signalbox", "main").exit()).isZero();
    }

    @Test
    void whoLeavesWhileItDeploysLeavesItRunning() throws Exception {
        var sha = git.commit("One");
        var push = git.start("push", "signalbox", "main");
        assertThat(running.await(GitClient.PATIENCE, TimeUnit.SECONDS)).isTrue();
        GitWorld.await("a line", () -> push.text().contains("working"));
        push.kill();
        end.countDown();

        GitWorld.await("the end of the request", () -> world.server.underWay() == 0);
        assertThat(world.main()).isEqualTo(sha);
        assertThat(git.ok("push", "signalbox", "main")).isEqualTo("Everything up-to-date");
    }

    @Test
    void whoLeavesWhileItFailsMayPushAgain() throws Exception {
        git.commit("One");
        world.listener.script = (push, number, output) -> {
            running.countDown();
            assertThat(end.await(GitClient.PATIENCE, TimeUnit.SECONDS)).isTrue();
            return new PushOutcome.Failed(number, "No.");
        };
        var push = git.start("push", "signalbox", "main");
        assertThat(running.await(GitClient.PATIENCE, TimeUnit.SECONDS)).isTrue();
        push.kill();
        end.countDown();

        GitWorld.await("the end of the request", () -> world.server.underWay() == 0);
        assertThat(world.main()).isEmpty();
        world.listener.script = (again, number, output) -> ScriptedListener.live(again, number);
        assertThat(git.run("push", "signalbox", "main").exit()).isZero();
    }

    @Test
    void whoLeavesWhileItWaitsForItsTurnIsDeployedAllTheSame() throws Exception {
        git.commit("One");
        var first = git.start("push", "signalbox", "main");
        assertThat(running.await(GitClient.PATIENCE, TimeUnit.SECONDS)).isTrue();
        var sha = git.commit("Two");
        var second = git.start("push", "signalbox", "main");
        GitWorld.await("its number", () -> second.text().contains("Deployment #2"));
        second.kill();
        end.countDown();

        assertThat(first.await().exit()).isZero();
        GitWorld.await("the end of the requests", () -> world.server.underWay() == 0);
        assertThat(world.main()).isEqualTo(sha);
    }

    @Test
    void whoStopsReadingHoldsNothingUp() throws Exception {
        var usual = GitLimits.DEFAULT;
        world.close();
        world = new GitWorld(folder.resolve("other"), GitWorld.limits(Duration.ofSeconds(1), usual.silence()));
        var reader = world.client(folder.resolve("reading"), "shop/web");
        var sha = reader.commit("One");
        world.listener.script = (push, number, output) -> {
            running.countDown();
            assertThat(end.await(GitClient.PATIENCE, TimeUnit.SECONDS)).isTrue();
            for (int line = 0; line < 20_000; line++) output.accept("x".repeat(1_000));
            return ScriptedListener.live(push, number);
        };
        var push = reader.start("push", "signalbox", "main");
        assertThat(running.await(GitClient.PATIENCE, TimeUnit.SECONDS)).isTrue();
        push.freeze();
        end.countDown();

        GitWorld.await("the end of the request", () -> world.server.underWay() == 0);
        push.kill();
        assertThat(world.main()).isEqualTo(sha);
    }

    private long received() {
        try (Stream<Path> all = Files.walk(world.data.resolve("repos"))) {
            return all.mapToLong(path -> path.toFile().length()).sum();
        } catch (IOException e) {
            return 0;
        } catch (UncheckedIOException e) {
            return 0;
        }
    }
}
