package dev.signalbox.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.AuditKit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushTest {
    @TempDir
    Path folder;

    private GitWorld world;
    private GitClient git;

    @BeforeEach
    void setUp() throws Exception {
        var usual = GitLimits.DEFAULT;
        world = new GitWorld(folder.resolve("data"), GitWorld.limits(usual.idle(), Duration.ofMillis(300)));
        git = world.client(folder.resolve("work"), "shop/web");
    }

    @AfterEach
    void tearDown() {
        world.close();
    }

    @Test
    void aFirstPushMakesProjectAndServiceAndGoesLive() throws Exception {
        var sha = git.write("index.html", "hello").commit("Say hello");

        var result = git.run("push", "signalbox", "main");

        assertThat(result.exit()).isZero();
        assertThat(world.anonymous(result, sha)).isEqualTo("""
                remote:
                remote: Created shop/web.
                remote: Deployment #1: <sha> "Say hello" to shop/web in production
                remote:   <panel>/projects/shop/environments/production/services/web/deployments/1
                remote: Ctrl-C leaves it running. To cancel it:
                remote:   curl -X POST -H "Authorization: Bearer $TOKEN" \
                <panel>/api/v1/projects/shop/services/web/deployments/1/cancel
                remote:
                remote: Live: http://web.localhost
                remote:
                To <panel>/git/shop/web.git
                 * [new branch]      main -> main""");
        assertThat(world.main()).isEqualTo(sha);
        assertThat(world.projects.environments(world.project("shop"))).hasSize(2);
    }

    @Test
    void theListenerIsToldWhatWasPushed() throws Exception {
        var sha = git.write("index.html", "hello").commit("Say \u001b[31mhello\n\nand more");
        git.ok("push", "signalbox", "main");

        var push = world.listener.pushes.getFirst();
        assertThat(push.workload().label()).isEqualTo("shop/web in production");
        assertThat(push.commit().sha()).isEqualTo(sha);
        assertThat(push.commit().tree())
                .isEqualTo(git.ok("rev-parse", "HEAD^{tree}").strip());
        assertThat(push.commit().subject()).isEqualTo("Say hello");
        assertThat(push.commit().author()).isEqualTo("Ada");
        assertThat(push.ref()).isEqualTo("refs/heads/main");
        assertThat(push.forced()).isFalse();
        assertThat(push.detached()).isFalse();
        assertThat(push.caller().actor()).isEqualTo("token laptop");
    }

    @Test
    void whatTheDeploymentPrintsIsSeenWhileItRuns() throws Exception {
        git.commit("One");
        world.listener.script = (push, number, output) -> {
            output.accept("building\r\n\u001b[32mdone\u001b[0m \u001b]0;title\u0007ok\u0000");
            output.accept("");
            output.accept("x".repeat(3_000));
            return ScriptedListener.live(push, number);
        };

        var result = git.run("push", "signalbox", "main");

        assertThat(result.remote())
                .containsSequence(
                        "building", "done ok", "", "x".repeat(2_000) + " [line cut]", "", "Live: http://web.localhost");
    }

    @Test
    void silenceIsBrokenBySignsOfLife() throws Exception {
        git.commit("One");
        var end = new CountDownLatch(1);
        world.listener.script = (push, number, output) -> {
            output.accept("a long step");
            assertThat(end.await(GitClient.PATIENCE, TimeUnit.SECONDS)).isTrue();
            return ScriptedListener.live(push, number);
        };

        var push = git.start("push", "signalbox", "main");
        GitWorld.await(
                "two signs of life",
                () -> push.text()
                                .lines()
                                .filter(line -> line.matches("remote: \\.\\.\\. \\d+ s"))
                                .count()
                        >= 2);
        end.countDown();

        assertThat(push.await().exit()).isZero();
    }

    @Test
    void aFailedDeploymentRefusesThePushSoThatPushingAgainTriesAgain() throws Exception {
        var sha = git.commit("One");
        world.listener.script = (push, number, output) ->
                new PushOutcome.Failed(number, "It listens on 4000, PORT is 3000.\nListen on $PORT and push again.");

        var result = git.run("push", "signalbox", "main");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(world.anonymous(result, sha)).endsWith("""
                remote: Deployment #1 failed.
                remote: It listens on 4000, PORT is 3000.
                remote: Listen on $PORT and push again.
                remote:
                To <panel>/git/shop/web.git
                 ! [remote rejected] main -> main (deployment #1 failed)
                error: failed to push some refs to '<panel>/git/shop/web.git'""");
        assertThat(world.main()).isEmpty();

        world.listener.script = (push, number, output) -> ScriptedListener.live(push, number);
        git.ok("push", "signalbox", "main");
        assertThat(world.main()).isEqualTo(sha);
    }

    @Test
    void theSameCommitAgainIsUpToDate() throws Exception {
        git.commit("One");
        git.ok("push", "signalbox", "main");

        assertThat(git.ok("push", "signalbox", "main")).isEqualTo("Everything up-to-date");
        assertThat(world.listener.pushes).hasSize(1);
    }

    @Test
    void withoutWaitingThePushEndsWhenItIsQueued() throws Exception {
        var sha = git.commit("One");

        var result = git.run("push", "-o", "nowait", "signalbox", "main");

        assertThat(result.exit()).isZero();
        assertThat(world.anonymous(result, sha)).isEqualTo("""
                remote:
                remote: Created shop/web.
                remote: Deployment #1: <sha> "One" to shop/web in production
                remote:
                remote: Deployment #1 is queued. It goes on without you; see how it does:
                remote:   <panel>/projects/shop/environments/production/services/web/deployments/1
                remote:
                To <panel>/git/shop/web.git
                 * [new branch]      main -> main""");
        assertThat(world.listener.pushes.getFirst().detached()).isTrue();
        assertThat(world.main()).isEqualTo(sha);
    }

    @Test
    void aDeploymentThatWasOvertakenOrCancelledRefusesThePush() throws Exception {
        git.commit("One");
        world.listener.script = (push, number, output) -> new PushOutcome.Superseded(number, 7);
        var overtaken = git.run("push", "signalbox", "main");
        assertThat(overtaken.exit()).isEqualTo(1);
        assertThat(overtaken.text())
                .contains("Deployment #1 was overtaken by #7, a newer push, before it began.")
                .contains("! [remote rejected] main -> main (overtaken by deployment #7)");

        world.listener.script = (push, number, output) -> new PushOutcome.Cancelled(number);
        var cancelled = git.run("push", "signalbox", "main");
        assertThat(cancelled.exit()).isEqualTo(1);
        assertThat(cancelled.text())
                .contains("Deployment #2 was cancelled. What ran before still runs.")
                .contains("! [remote rejected] main -> main (deployment #2 was cancelled)");
        assertThat(world.main()).isEmpty();
    }

    @Test
    void aPushThatIsNotQueuedLeavesNothing() throws Exception {
        git.commit("One");
        world.listener.refusal = "The disk is almost full, so nothing is built. Make room, and push again.";

        var result = git.run("push", "signalbox", "main");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.text())
                .contains("remote: The disk is almost full, so nothing is built. Make room, and push again.")
                .contains("! [remote rejected] main -> main (not deployed)")
                .doesNotContain("Created");
        assertThat(world.projects.list(world.team)).isEmpty();
        assertThat(world.stored()).isEmpty();
    }

    @Test
    void aRefusedPushLeavesWhatWasThereBefore() throws Exception {
        world.createService(world.createProject("shop"), "web");
        git.commit("One");
        world.listener.refusal = "No.";

        assertThat(git.run("push", "signalbox", "main").exit()).isEqualTo(1);

        assertThat(world.projects.findService(world.project("shop"), "web")).isPresent();
    }

    @Test
    void anErrorInTheDeploymentIsToldWithoutItsInsides() throws Exception {
        git.commit("One");
        world.listener.script = (push, number, output) -> {
            throw new IllegalStateException("secret insides");
        };

        var result = git.run("push", "signalbox", "main");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.text())
                .contains("Something went wrong on the server; its log says what.")
                .contains("Deployment #1 goes on, or ends with what ran before. See how it does:")
                .contains("! [remote rejected] main -> main (error on the server)")
                .doesNotContain("secret");
    }

    @Test
    void whoPushesWhileTheServerStopsIsToldSo() throws Exception {
        git.commit("One");
        world.listener.script = (push, number, output) -> {
            throw new InterruptedException();
        };

        var result = git.run("push", "signalbox", "main");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.text())
                .contains("remote: The server is stopping.")
                .contains("Deployment #1 goes on, or ends with what ran before. See how it does:")
                .contains("! [remote rejected] main -> main (the server is stopping)");
    }

    @Test
    void anEmptyRepositoryIsNothingToPush() throws Exception {
        var result = git.run("push", "signalbox", "main");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.text()).startsWith("error: src refspec main does not match any");
        assertThat(world.projects.list(world.team)).isEmpty();
    }

    @Test
    void createdByAPushIsInTheAudit() throws Exception {
        git.commit("One");
        git.ok("push", "signalbox", "main");

        assertThat(AuditKit.recent(world.audit, world.team, 10).stream()
                        .map(line -> line.action() + " " + line.object()))
                .containsExactly("service.create shop/web", "project.create shop");
    }
}
