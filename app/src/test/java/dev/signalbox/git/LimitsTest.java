package dev.signalbox.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsTest {
    private static final int MIB = 1024 * 1024;

    @TempDir
    Path folder;

    private GitWorld world;
    private GitClient git;

    @BeforeEach
    void setUp() throws Exception {
        var limits = GitWorld.limits(Duration.ofSeconds(1), Duration.ofMillis(500));
        world = new GitWorld(folder.resolve("data"), limits);
        git = world.client(folder.resolve("work"), "shop/web");
    }

    @AfterEach
    void tearDown() {
        world.close();
    }

    @Test
    void aFileThatIsTooLargeIsRefusedWithASentence() throws Exception {
        noise("video", MIB + 1);
        git.commit("Video");

        var result = git.run("push", "signalbox", "main");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(world.anonymous(result, git.head())).isEqualTo("""
                remote:
                remote: Nothing was deployed: a file in the push is larger than 1 MB, maybe in an earlier commit.
                remote: Find it: git rev-list --objects --all | git cat-file --batch-check='%(objectsize) %(rest)' | sort -n \
                | tail -3
                remote: Take it out of these commits too (git rebase, or git filter-repo), and push again.
                remote:
                To <panel>/git/shop/web.git
                 ! [remote rejected] main -> main (file larger than 1 MB)
                error: failed to push some refs to '<panel>/git/shop/web.git'""");
        leavesNothing();
    }

    @Test
    void aPushThatIsTooLargeIsRefusedWithASentence() throws Exception {
        for (int file = 0; file < 12; file++) noise("noise" + file, MIB - 1);
        git.commit("Noise");

        var result = git.run("push", "signalbox", "main");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.text())
                .contains("remote: Nothing was deployed: the push is larger than 4 MB.")
                .contains("! [remote rejected] main -> main (push larger than 4 MB)")
                .doesNotContain("RPC failed");
        leavesNothing();
    }

    @Test
    void whatIsRefusedAnywayIsNotStoredFirst() throws Exception {
        for (int file = 0; file < 12; file++) noise("noise" + file, MIB - 1);
        git.commit("Noise");

        var result = git.run("push", "signalbox", "main:feature");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.text())
                .contains("! [remote rejected] main -> feature (no environment tracks feature)")
                .doesNotContain("RPC failed");
        leavesNothing();
    }

    @Test
    void aPushOfTooManyObjectsIsRefusedWithASentence() throws Exception {
        for (int file = 0; file < 300; file++) git.write("file" + file, "text " + file);
        git.commit("Files");

        var result = git.run("push", "signalbox", "main");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.text())
                .contains("remote: Nothing was deployed: the push has 302 files, folders and commits, and 200 can be"
                        + " taken at once.")
                .contains("! [remote rejected] main -> main (too many objects)");
        leavesNothing();
    }

    @Test
    void aPackThatClaimsToHaveTwoBillionObjectsCostsNothing() throws Exception {
        var claim = HexFormat.of().parseHex("5041434b00000002" + "7fffffff");
        var answer = world.post("shop/web", "git-receive-pack", command("1".repeat(40)), GitWorld.FLUSH, claim);

        assertThat(answer).contains("the push has 2,147,483,647 files").contains("ng refs/heads/main too many objects");
        leavesNothing();
    }

    @Test
    void rubbishInPlaceOfAPackIsRefused() throws Exception {
        var answer = world.post(
                "shop/web",
                "git-receive-pack",
                command("1".repeat(40)),
                GitWorld.FLUSH,
                "this is not a pack".getBytes(StandardCharsets.UTF_8));

        assertThat(answer).contains("ng refs/heads/main");
        leavesNothing();
    }

    @Test
    void aPackThatTheParserTripsOverIsRefused() throws Exception {
        var endless = HexFormat.of().parseHex("5041434b00000002" + "00000001" + "80".repeat(100));
        var answer = world.post("shop/web", "git-receive-pack", command("1".repeat(40)), GitWorld.FLUSH, endless);

        assertThat(answer).contains("ng refs/heads/main could not be received").doesNotContain("Index");
        leavesNothing();
    }

    @Test
    void aPackWithoutItsCommitIsRefused() throws Exception {
        git.write("a", "b");
        git.commit("One");
        var pack = git.pack("HEAD:a");

        var answer = world.post("shop/web", "git-receive-pack", command(git.head()), GitWorld.FLUSH, pack);

        assertThat(answer).contains("the push is incomplete").contains("ng refs/heads/main objects are missing");
        leavesNothing();
    }

    @Test
    void whatLooksLikeNoProtocolAtAllIsAnswered() throws Exception {
        for (var body : new String[] {"", "0000", "x", "zzzz", "0003", "ffff", "0004", "0009hello"}) {
            world.post("shop/web", "git-receive-pack", body.getBytes(StandardCharsets.UTF_8));
            world.post("shop/web", "git-upload-pack", body.getBytes(StandardCharsets.UTF_8));
        }
        leavesNothing();
        assertThat(world.server.failures).isEmpty();
        GitWorld.await("the end of all", () -> world.server.underWay() == 0);
    }

    @Test
    void namesWithoutEndAreRefused() throws Exception {
        var commands = new ByteArrayOutputStream();
        commands.write(command("1".repeat(40)));
        for (int ref = 0; ref < 40_000; ref++) {
            commands.write(GitWorld.packet("0".repeat(40) + " " + "1".repeat(40) + " refs/heads/branch" + ref + "\n"));
        }
        var answer = world.post("shop/web", "git-receive-pack", commands.toByteArray(), GitWorld.FLUSH);

        assertThat(answer).contains("Commands size exceeds limit");
        leavesNothing();
    }

    @Test
    void aShallowCloneIsToldWhatItLacks() throws Exception {
        git.commit("One");
        git.commit("Two");
        git.ok("clone", "--quiet", "--depth=1", "file://" + git.directory, "../shallow");
        var shallow = GitClient.at(folder.resolve("shallow")).withToken(world.memberToken());

        var result = shallow.run("push", world.url("shop/web"), "main");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.text()).contains("""
                remote: Nothing was deployed: this is a shallow clone, and commits are missing from the push.
                remote: Fetch them (git fetch --unshallow; in GitHub Actions: fetch-depth: 0), and push again.
                """).contains("! [remote rejected] main -> main (shallow clone)");
        leavesNothing();
    }

    @Test
    void aPackedBodyIsUnpacked() throws Exception {
        git.commit("One");
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(command(git.head()));
            gzip.write(GitWorld.FLUSH);
            gzip.write(git.pack("HEAD"));
        }

        var answer = world.post("shop/web", "git-receive-pack", "gzip", packed.toByteArray());

        assertThat(answer).contains("ok refs/heads/main");
        assertThat(world.post("shop/web", "git-receive-pack", "gzip", GitWorld.FLUSH))
                .startsWith("body_invalid: ");
        assertThat(world.main()).isEqualTo(git.head());
    }

    @Test
    void whoSaysNothingForTooLongIsCutOff() throws Exception {
        var url = URI.create(world.server.url());
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
            socket.getOutputStream().write(head());
            socket.getOutputStream().write(command("1".repeat(40)));
            socket.getOutputStream().write(GitWorld.FLUSH);
            socket.getOutputStream().flush();

            GitWorld.await("a request", () -> world.server.underWay() == 1);
            GitWorld.await("its end", () -> world.server.underWay() == 0);
        }
        leavesNothing();
    }

    @Test
    void whatWouldNeedMoreMemoryThanThereIsWaitsAndGivesUp() throws Exception {
        git.commit("One");
        var url = URI.create(world.server.url());
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
            var out = socket.getOutputStream();
            out.write(head());
            out.write(command("1".repeat(40)));
            out.write(GitWorld.FLUSH);
            out.write(HexFormat.of().parseHex("5041434b00000002" + "000000c8" + "bfff1f" + "7801" + "01ffff0000"));
            out.flush();
            GitWorld.await("a request", () -> world.server.underWay() == 1);

            var push = git.start("push", "signalbox", "main");
            GitWorld.await("the end of the push", () -> {
                // Slow, but not silent.
                out.write('x');
                out.flush();
                return !push.isAlive();
            });
            assertThat(push.text())
                    .contains("other pushes are being received, and they need all the memory.")
                    .contains("! [remote rejected] main -> main (busy)");
        }
        GitWorld.await("the end of both", () -> world.server.underWay() == 0);
        assertThat(git.run("push", "signalbox", "main").exit()).isZero();
    }

    @Test
    void aClientThatWaitsForItsDeploymentIsNotCutOff() throws Exception {
        git.commit("One");
        var end = new CountDownLatch(1);
        world.listener.script = (push, number, output) -> {
            assertThat(end.await(GitClient.PATIENCE, TimeUnit.SECONDS)).isTrue();
            return ScriptedListener.live(push, number);
        };
        var push = git.start("push", "signalbox", "main");
        GitWorld.await(
                "more than the second that a client may be silent",
                () -> push.text().contains("... 1 s"));
        end.countDown();

        assertThat(push.await().exit()).isZero();
    }

    private byte[] head() {
        return ("POST /git/shop/web.git/git-receive-pack HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                        + world.memberToken()
                        + "\r\nContent-Type: application/x-git-receive-pack-request\r\nContent-Length: 1000000\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] command(String commit) {
        return GitWorld.packet("0".repeat(40) + " " + commit + " refs/heads/main\0 report-status side-band-64k");
    }

    private void noise(String name, int size) throws Exception {
        var bytes = new byte[size];
        new Random(name.hashCode()).nextBytes(bytes);
        Files.write(git.directory.resolve(name), bytes);
    }

    private void leavesNothing() throws Exception {
        assertThat(world.projects.list(world.team)).isEmpty();
        assertThat(world.stored()).isEmpty();
        assertThat(world.listener.pushes).isEmpty();
    }
}
