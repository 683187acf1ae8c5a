package dev.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.engine.EngineExtension;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** From {@code git push} to live, with the packed program, real git, Docker and Traefik. */
class PushIT {
    @RegisterExtension
    static final EngineExtension DOCKER = new EngineExtension();

    @TempDir
    Path directory;

    private Program program;
    private GitClient git;

    @BeforeEach
    void start() throws Exception {
        program = new Program(directory.resolve("data"), DOCKER);
        program.start();
        git = new GitClient(directory.resolve("work"), program.token());
    }

    @AfterEach
    void stop() throws Exception {
        program.close();
    }

    @Test
    void aPushMakesTheProjectAndGoesLiveAndTheNextOneReplacesItWithoutALostRequest() throws Exception {
        var first = push(Apps.node("one"));
        assertThat(first.text()).contains("Live: http://shop.localhost:" + program.httpPort());
        assertThat(first.exitCode()).isZero();
        assertThat(program.ask("shop.localhost").body()).isEqualTo("one");

        try (var traffic = new Traffic(program.httpPort(), "shop.localhost")) {
            assertThat(push(Apps.node("two")).exitCode()).isZero();
            assertThat(program.ask("shop.localhost").body()).isEqualTo("two");
            traffic.stop();
            assertThat(traffic.failures()).isEmpty();
            assertThat(traffic.answered()).isPositive();
        }
    }

    @Test
    void aBrokenPushIsRefusedWithTheReasonAndWhatServedServes() throws Exception {
        push(Apps.node("one"));
        var broken = push(Map.of("server.js", "console.error('REDIS_URL is not set'); process.exit(3);"));
        assertThat(broken.exitCode()).isEqualTo(1);
        assertThat(broken.text())
                .contains("REDIS_URL is not set")
                .contains("ended by itself with exit code 3")
                .containsOnlyOnce("#1 keeps serving")
                .contains("[remote rejected] main -> main");
        assertThat(program.ask("shop.localhost").body()).isEqualTo("one");
    }

    @Test
    void aReleaseIsRolledBackByTheApi() throws Exception {
        push(Apps.node("one"));
        push(Apps.node("two"));
        var environment = "/projects/shop/services/shop/environments/production";
        var asked = program.api("POST", environment + "/deployments", "{\"kind\":\"rollback\",\"release\":1}");
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
        Await.until("one is back", () -> program.ask("shop.localhost").body().equals("one"));
    }

    @Test
    void killedInTheMiddleOfAPushItGoesOnAfterwards() throws Exception {
        push(Apps.node("one"));
        git.commit(Apps.node("two"));
        var pushing = git.startPush(program.remote("shop", "shop"), "main");
        var lines = pushing.inputReader();
        for (var line = lines.readLine(); line != null && !line.contains("Start"); line = lines.readLine()) {}
        program.kill();
        assertThat(pushing.waitFor()).isNotZero();
        assertThat(program.ask("shop.localhost").body()).isEqualTo("one");
        program.start();
        Await.until("two is live", () -> program.ask("shop.localhost").body().equals("two"));
    }

    private GitClient.Result push(Map<String, String> files) throws Exception {
        return git.commit(files).push(program.remote("shop", "shop"), "main");
    }
}
