package dev.signalbox.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.projects.Name;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a push leads: the branch, or an option, says to which environment. */
class PushBranchesTest {
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
    void masterIsMain() throws Exception {
        var sha = git.commit("One");
        git.ok("push", "signalbox", "main:master");

        assertThat(world.main()).isEqualTo(sha);
        assertThat(world.branch(world.service("shop", "web"), "master")).isEmpty();
        assertThat(git.ok("push", "signalbox", "main:master")).isEqualTo("Everything up-to-date");
        assertThat(git.ok("push", "signalbox", "main")).isEqualTo("Everything up-to-date");

        git.ok("commit", "--quiet", "--amend", "--allow-empty", "-m", "Another");
        assertThat(git.run("push", "signalbox", "main:master").text()).contains("[rejected]", "non-fast-forward");
        git.ok("push", "--force", "signalbox", "main:master");
        assertThat(world.main()).isEqualTo(git.head());
    }

    @Test
    void forceMayLeaveCommitsBehindAndGoBack() throws Exception {
        var one = git.commit("One");
        var two = git.commit("Two");
        git.ok("push", "signalbox", "main");
        git.ok("reset", "--quiet", "--hard", one);

        assertThat(git.run("push", "signalbox", "main").text()).contains("[rejected]", "non-fast-forward");
        assertThat(world.main()).isEqualTo(two);
        git.ok("push", "--force", "signalbox", "main");

        assertThat(world.main()).isEqualTo(one);
        assertThat(world.listener.pushes.getLast().forced()).isTrue();
    }

    @Test
    void theBranchChoosesTheEnvironment() throws Exception {
        var sha = git.commit("One");
        git.ok("push", "signalbox", "main:staging");

        assertThat(world.listener.pushes.getFirst().workload().label()).isEqualTo("shop/web in staging");
        assertThat(world.branch(world.service("shop", "web"), "staging")).isEqualTo(sha);
        assertThat(world.main()).isEmpty();
    }

    @Test
    void anOptionChoosesTheEnvironmentAndThenTheBranchDoesNotMatter() throws Exception {
        git.commit("One");
        git.ok("push", "signalbox", "main");
        git.ok("switch", "--quiet", "--create", "try");
        var sha = git.commit("Try");

        git.ok("push", "-o", "environment=staging", "signalbox", "try");

        var push = world.listener.pushes.getLast();
        assertThat(push.workload().label()).isEqualTo("shop/web in staging");
        assertThat(push.ref()).isEqualTo("refs/heads/staging");
        assertThat(world.branch(world.service("shop", "web"), "staging")).isEqualTo(sha);

        // What production has is not touched, so pushing it there is not "up to date".
        git.ok("push", "-o", "environment=staging", "signalbox", "try:main");
        assertThat(world.main()).isNotEqualTo(sha);
        git.ok("push", "signalbox", "try:main");
        assertThat(world.main()).isEqualTo(sha);
    }

    @Test
    void aBranchThatGoesWhereItIsAlreadyChangesNothing() throws Exception {
        var sha = git.commit("One");
        git.ok("push", "-o", "environment=staging", "signalbox", "main:try");

        var again = git.run("push", "-o", "environment=staging", "signalbox", "main:try");

        assertThat(again.exit()).isZero();
        assertThat(world.anonymous(again, sha)).contains("""
                remote: staging was pushed <sha> before, so there is nothing to do.
                remote: To deploy it again: git commit --allow-empty -m "Deploy again", and push.
                """);
        assertThat(world.listener.pushes).hasSize(1);
    }

    @Test
    void aDeploymentThatWasSkippedMovesTheBranch() throws Exception {
        var sha = git.commit("One");
        world.listener.script = (push, number, output) -> new PushOutcome.Skipped(number);

        assertThat(git.ok("push", "signalbox", "main"))
                .contains("Nothing that this service watches has changed, so deployment #1 was skipped.");
        assertThat(world.main()).isEqualTo(sha);
    }

    @Test
    void anEnvironmentWithoutABranchHasOneOfItsOwn() throws Exception {
        world.projects.createEnvironment(world.createProject("shop"), new Name("demo"), null);
        var sha = git.commit("One");

        git.ok("push", "-o", "environment=demo", "signalbox", "main");

        assertThat(world.branch(world.service("shop", "web"), "demo")).isEqualTo(sha);
        assertThat(world.main()).isEmpty();
    }
}
