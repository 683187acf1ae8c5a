package dev.signalbox.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.git.GitTree.Entry;
import dev.signalbox.projects.Environment;
import dev.signalbox.projects.Workload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoriesTest {
    @TempDir
    Path folder;

    private GitWorld world;
    private GitClient git;

    @BeforeEach
    void setUp() throws Exception {
        world = new GitWorld(folder.resolve("data"));
        git = world.client(folder.resolve("work"), "shop/web");
    }

    @AfterEach
    void tearDown() {
        world.close();
    }

    @Test
    void aTreeShowsTheFilesOfACommit() throws Exception {
        git.write("b/z.txt", "z").write("b-a.txt", "ü").write("a/run.sh", "#!/bin/sh\n");
        git.directory.resolve("a/run.sh").toFile().setExecutable(true);
        Files.createSymbolicLink(git.directory.resolve("link"), Path.of("b/z.txt"));
        var sha = git.commit("One");
        git.ok("push", "signalbox", "main");

        try (var tree = world.repositories.tree(world.service("shop", "web").id(), sha)) {
            assertThat(tree.id()).isEqualTo(git.ok("rev-parse", "HEAD^{tree}").strip());
            assertThat(tree.entries())
                    .containsExactly(
                            new Entry("a/run.sh", Entry.Kind.EXECUTABLE, 10),
                            new Entry("b-a.txt", Entry.Kind.FILE, 2),
                            new Entry("b/z.txt", Entry.Kind.FILE, 1),
                            new Entry("link", Entry.Kind.LINK, 7));
            assertThat(tree.readText("b-a.txt")).contains("ü");
            assertThat(tree.readText("link")).contains("b/z.txt");
            assertThat(tree.readText("none")).isEmpty();
            assertThat(tree.readText("b")).isEmpty();
            assertThat(tree.readText("b/z.txt/none")).isEmpty();
            try (var in = tree.open("b/z.txt")) {
                assertThat(in.readAllBytes()).isEqualTo("z".getBytes(StandardCharsets.UTF_8));
            }
            assertThatThrownBy(() -> tree.open("none")).isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void aCommitThatIsNotThereIsSaidToBe() throws Exception {
        var sha = git.commit("One");
        assertThatThrownBy(() -> world.repositories.tree("svc_none", sha))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("Push it again.");
        git.ok("push", "signalbox", "main");
        assertThatThrownBy(() ->
                        world.repositories.tree(world.service("shop", "web").id(), "1".repeat(40)))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("Push it again.");
    }

    @Test
    void onlyIdsBecomePaths() {
        for (var id : new String[] {"", "../x", "svc_../x", "svc_a/b", "incoming", "svc_A"}) {
            assertThatThrownBy(() -> world.repositories.tree(id, "1".repeat(40)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> world.repositories.remove(id)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theBranchOfADeploymentThatWentLiveUnnoticedIsSettled() throws Exception {
        var one = git.commit("One");
        git.ok("push", "signalbox", "main");
        var two = git.commit("Two");
        // It fails, and so its commit is there and the branch has not moved: as after a cut between live and the move.
        world.listener.script = (push, number, output) -> new PushOutcome.Failed(number, "No.");
        assertThat(git.run("push", "signalbox", "main").exit()).isEqualTo(1);
        assertThat(world.main()).isEqualTo(one);

        world.repositories.settle(production(), two);
        assertThat(world.main()).isEqualTo(two);

        // What is further already stays.
        world.repositories.settle(production(), one);
        assertThat(world.main()).isEqualTo(two);
    }

    @Test
    void aBranchThatWentElsewhereIsSettledToo() throws Exception {
        git.commit("One");
        git.ok("push", "signalbox", "main");
        git.ok("commit", "--quiet", "--amend", "--allow-empty", "-m", "Forced");
        world.listener.script = (push, number, output) -> new PushOutcome.Failed(number, "No.");
        assertThat(git.run("push", "--force", "signalbox", "main").exit()).isEqualTo(1);

        world.repositories.settle(production(), git.head());

        assertThat(world.main()).isEqualTo(git.head());
    }

    @Test
    void settlingWhatIsGoneDoesNothing() throws Exception {
        var sha = git.commit("One");
        git.ok("push", "signalbox", "main");
        var workload = production();
        world.projects.deleteProject(world.project("shop"));

        world.repositories.settle(workload, sha);

        assertThat(world.stored()).isEmpty();
    }

    @Test
    void aDeletedServiceLeavesNothing() throws Exception {
        git.commit("One");
        git.ok("push", "signalbox", "main");
        var project = world.project("shop");

        world.projects.deleteService(project, world.service("shop", "web"));

        assertThat(world.stored()).isEmpty();
        world.repositories.remove("svc_none");
        assertThat(git.run("push", "signalbox", "main").exit()).isZero();
    }

    @Test
    void whatAnEarlierRunLeftIsTidiedAway() throws Exception {
        var left = Files.createDirectories(world.data.resolve("repos/incoming/earlier/x.git/objects/pack"));
        Files.writeString(left.resolve("half.pack"), "PACK");
        git.commit("One");
        git.ok("push", "signalbox", "main");

        world.repositories.tidy();

        assertThat(world.stored()).noneMatch(path -> path.contains("half"));
        assertThat(world.main()).isEqualTo(git.head());
    }

    private Workload production() {
        var project = world.project("shop");
        var environment = world.projects
                .findEnvironment(project, Environment.PRODUCTION.value())
                .orElseThrow();
        return world.projects.workload(world.service("shop", "web"), environment);
    }
}
