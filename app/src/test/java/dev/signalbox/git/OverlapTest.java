package dev.signalbox.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.git.GitClient.Running;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverlapTest {
    @TempDir
    Path folder;

    private final Map<String, CountDownLatch> ends = new ConcurrentHashMap<>();
    private GitWorld world;
    private GitClient git;

    @BeforeEach
    void setUp() throws Exception {
        world = new GitWorld(folder.resolve("data"));
        git = world.client(folder.resolve("work"), "shop/web");
        world.listener.script = (push, number, output) -> {
            var end = ends.computeIfAbsent(push.commit().subject(), subject -> new CountDownLatch(0));
            assertThat(end.await(GitClient.PATIENCE, TimeUnit.SECONDS)).isTrue();
            return ScriptedListener.live(push, number);
        };
    }

    @AfterEach
    void tearDown() {
        world.close();
    }

    @Test
    void aChildPushedWhileItsParentDeploysGoesLiveAfterIt() throws Exception {
        git.commit("Base");
        git.ok("push", "signalbox", "main");
        var parent = pushHeld("Parent");
        var sha = git.commit("Child");
        var child = push("main");
        awaitPushes(3);
        release("Parent");

        assertThat(parent.await().exit()).isZero();
        assertThat(child.await().exit()).isZero();
        assertThat(world.main()).isEqualTo(sha);
    }

    @Test
    void aSiblingPushedWhileAnotherDeploysIsRefusedBeforeItRuns() throws Exception {
        var base = git.commit("Base");
        git.ok("push", "signalbox", "main");
        var first = pushHeld("First");
        var live = git.head();
        git.ok("reset", "--quiet", "--hard", base);
        git.commit("Sibling");
        var second = push("main");
        awaitPushes(3);
        release("First");

        assertThat(first.await().exit()).isZero();
        var refused = second.await();
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.text())
                .contains("Nothing was deployed: main has moved on to " + live.substring(0, 7)
                        + ", which is not in the history of what you push. Get it (git pull signalbox main) and push"
                        + " again, or leave it behind with git push --force.")
                .contains("! [remote rejected] main -> main (deployment #3 failed)");
        assertThat(ends).doesNotContainKey("Sibling");
        assertThat(world.main()).isEqualTo(live);
    }

    @Test
    void whoForcesWhileAnotherDeploysGetsItsWay() throws Exception {
        var base = git.commit("Base");
        git.commit("Ahead");
        git.ok("push", "signalbox", "main");
        var first = pushHeld("First");
        git.ok("reset", "--quiet", "--hard", base);
        var sha = git.commit("Sibling");
        var second = push("--force", "main");
        awaitPushes(3);
        release("First");

        assertThat(first.await().exit()).isZero();
        assertThat(second.await().exit()).isZero();
        assertThat(world.main()).isEqualTo(sha);
    }

    @Test
    void aPushThatComesAfterAnotherMovedTheBranchIsRefused() throws Exception {
        var base = git.commit("Base");
        git.ok("push", "signalbox", "main");
        git.ok("clone", "--quiet", ".", "../other");
        git.commit("Mine");
        git.ok("push", "signalbox", "main");
        var other = GitClient.at(folder.resolve("other")).withToken(world.memberToken());
        other.ok("reset", "--quiet", "--hard", base);
        other.commit("Theirs");

        // It knows nothing of what is there now, and says what it last saw.
        var command = base + " " + other.head() + " refs/heads/main\0 report-status side-band-64k";
        var answer = world.post(
                "shop/web",
                "git-receive-pack",
                GitWorld.packet(command),
                GitWorld.FLUSH,
                other.pack("HEAD", "^" + base));

        assertThat(answer)
                .contains("Nothing was deployed: main has moved on to "
                        + git.head().substring(0, 7))
                .contains("ng refs/heads/main main has moved on");
    }

    @Test
    void twoFirstPushesAtOnceBothEndWell() throws Exception {
        var parent = pushHeld("First");
        git.commit("Second");
        var child = push("main");
        awaitPushes(2);
        release("First");

        assertThat(parent.await().exit()).isZero();
        assertThat(child.await().exit()).isZero();
        assertThat(world.projects.list(world.team)).hasSize(1);
        assertThat(world.main()).isEqualTo(git.head());
    }

    @Test
    void manyFirstPushesAtOnceMakeOneProject() throws Exception {
        int clients = 6;
        var pushes = new ArrayList<Running>();
        git.commit("Base");
        for (int client = 0; client < clients; client++) {
            var work = folder.resolve("client" + client);
            git.ok("clone", "--quiet", ".", work.toString());
            var other = GitClient.at(work).withToken(world.memberToken());
            other.commit("Of " + client);
            pushes.add(other.start("push", world.url("shop/web"), "main"));
        }
        var results = new ArrayList<GitClient.Result>();
        for (var push : pushes) results.add(push.await());

        assertThat(results.stream().filter(result -> result.exit() == 0)).hasSize(1);
        assertThat(results.stream().filter(result -> result.exit() == 1))
                .hasSize(clients - 1)
                .allSatisfy(result -> assertThat(result.text()).containsAnyOf("has moved on", "[rejected]"));
        assertThat(world.projects.list(world.team)).hasSize(1);
        assertThat(world.stored().stream().filter(path -> path.startsWith("incoming/")))
                .isEmpty();
    }

    @Test
    void whatOneFirstPushMadeStaysWhileAnotherUsesIt() throws Exception {
        var first = pushHeld("First");
        git.commit("Second");
        world.listener.refusal = "No.";

        assertThat(git.run("push", "signalbox", "main").exit()).isEqualTo(1);
        release("First");

        assertThat(first.await().exit()).isZero();
        assertThat(world.projects.findService(world.project("shop"), "web")).isPresent();
    }

    @Test
    void aTokenThatIsRevokedWhileItsPushWaitsDeploysNothing() throws Exception {
        git.commit("Base");
        git.ok("push", "signalbox", "main");
        var before = world.main();
        var blocker = pushHeld("First");
        git.commit("Second");
        var token = world.memberToken();
        var waiting = git.withToken(token).start("push", "signalbox", "main");
        awaitPushes(3);
        world.accounts.revokeToken(world.team, "tok_" + token.split("_", 3)[1]);
        release("First");

        assertThat(blocker.await().exit()).isZero();
        var refused = waiting.await();
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.text())
                .contains("The token of this push was revoked, or it has expired. Push again with another.");
        assertThat(world.main()).isNotEqualTo(before).isNotEqualTo(git.head());
    }

    @Test
    void aServiceThatIsDeletedWhileItsPushDeploysIsNotMadeAgain() throws Exception {
        var push = pushHeld("First");
        world.projects.deleteProject(world.project("shop"));
        release("First");

        push.await();
        assertThat(world.stored()).isEmpty();
        assertThat(world.projects.list(world.team)).isEmpty();
    }

    /** Commits, pushes, and returns when the deployment runs; it goes on when it is released. */
    private Running pushHeld(String subject) throws Exception {
        ends.put(subject, new CountDownLatch(1));
        git.commit(subject);
        int before = world.listener.pushes.size();
        var push = push("main");
        awaitPushes(before + 1);
        return push;
    }

    private Running push(String... arguments) throws Exception {
        var all = new ArrayList<>(List.of("push"));
        all.addAll(List.of(arguments));
        all.add(all.size() - 1, "signalbox");
        return git.start(all.toArray(String[]::new));
    }

    private void release(String subject) {
        ends.get(subject).countDown();
    }

    private void awaitPushes(int count) throws Exception {
        GitWorld.await(count + " pushes", () -> world.listener.pushes.size() >= count);
    }
}
