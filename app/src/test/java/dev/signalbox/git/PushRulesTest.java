package dev.signalbox.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushRulesTest {
    @TempDir
    Path folder;

    private GitWorld world;
    private GitClient git;
    private String sha;

    @BeforeEach
    void setUp() throws Exception {
        world = new GitWorld(folder.resolve("data"));
        git = world.client(folder.resolve("work"), "shop/web");
        sha = git.commit("One");
    }

    @AfterEach
    void tearDown() {
        world.close();
    }

    @Test
    void aBranchThatNobodyTracksIsRefusedWithTheList() throws Exception {
        refuses("""
                remote:
                remote: Nothing was deployed: no environment tracks the branch feature.
                remote:   production tracks main
                remote:   staging tracks staging
                remote: To deploy it all the same: git push -o environment=staging signalbox feature
                remote:
                To <panel>/git/shop/web.git
                 ! [remote rejected] main -> feature (no environment tracks feature)
                error: failed to push some refs to '<panel>/git/shop/web.git'""", "main:feature");
        leavesNothing();
    }

    @Test
    void anUnknownEnvironmentIsRefusedWithTheList() throws Exception {
        refuses("""
                remote: Nothing was deployed: there is no environment demo.
                remote: There are production, staging.
                """, "-o", "environment=demo", "main");
        leavesNothing();
    }

    @Test
    void unknownAndRepeatedOptionsAreRefusedWithTheKnownOnes() throws Exception {
        refuses("""
                remote: Nothing was deployed: these push options are not understood: no-wait.
                remote: There are:
                remote:   -o environment=<name>  deploy to this environment, whatever the branch
                remote:   -o nowait              return as soon as the deployment is queued
                remote:
                To <panel>/git/shop/web.git
                 ! [remote rejected] main -> main (unknown push option)
                """, "-o", "no-wait", "main");
        refuses(
                "not understood: environment=staging, environment=production.",
                "-o",
                "environment=staging",
                "-o",
                "environment=production",
                "main");
        leavesNothing();
    }

    @Test
    void severalBranchesAreRefused() throws Exception {
        git.ok("branch", "staging");
        refuses("""
                remote: Nothing was deployed: a push deploys one branch, and this one has 2 (main, staging).
                remote: Push one of them: git push signalbox main
                remote:
                To <panel>/git/shop/web.git
                 ! [remote rejected] main -> main (one branch at a time)
                 ! [remote rejected] staging -> staging (one branch at a time)
                """, "--all");
        leavesNothing();
    }

    @Test
    void aTagIsRefused() throws Exception {
        git.ok("tag", "--annotate", "v1", "-m", "v1");
        refuses("""
                remote: Nothing was deployed: tags are not deployed, and v1 is one.
                remote: Push a branch, without --tags or --follow-tags: git push signalbox main
                remote:
                To <panel>/git/shop/web.git
                 ! [remote rejected] v1 -> v1 (tags are not deployed)
                """, "v1");
        refuses("! [remote rejected] main -> main (tags are not deployed)", "--follow-tags", "main");
        refuses("Nothing was deployed: refs/notes/x is not a branch.", "main:refs/notes/x");
        leavesNothing();
    }

    @Test
    void aDeletionIsRefused() throws Exception {
        git.ok("push", "signalbox", "main");
        refuses("""
                remote:
                remote: Nothing was deployed: branches are not deleted by a push.
                remote: What runs keeps running. To stop it, delete its service or its environment.
                remote:
                To <panel>/git/shop/web.git
                 ! [remote rejected] main (branches are not deleted by a push)
                error: failed to push some refs to '<panel>/git/shop/web.git'""", "--delete", "main");
        assertThat(world.main()).isEqualTo(sha);
    }

    @Test
    void whatIsNoCommitIsRefused() throws Exception {
        git.write("index.html", "hello").commit("Two");
        refuses("""
                remote: Nothing was deployed: what you pushed is not a commit.
                remote: Push a branch: git push signalbox main
                """, "--force", blob() + ":refs/heads/main");
        leavesNothing();
    }

    private String blob() throws Exception {
        return git.ok("rev-parse", "HEAD:index.html").strip();
    }

    /** The first strings are for {@code git push}, the last for what comes behind the remote. */
    private void refuses(String text, String... push) throws Exception {
        var arguments = new ArrayList<>(List.of("push"));
        arguments.addAll(List.of(push));
        int refspec = push[push.length - 1].startsWith("-") ? arguments.size() : arguments.size() - 1;
        arguments.add(refspec, "signalbox");
        var result = git.run(arguments.toArray(String[]::new));
        assertThat(result.exit()).isEqualTo(1);
        assertThat(world.anonymous(result, sha)).contains(text);
    }

    private void leavesNothing() throws Exception {
        assertThat(world.projects.list(world.team)).isEmpty();
        assertThat(world.stored()).isEmpty();
        assertThat(world.listener.pushes).isEmpty();
    }
}
