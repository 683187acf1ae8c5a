package dev.signalbox.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloneTest {
    @TempDir
    Path folder;

    private GitWorld world;
    private GitClient git;
    private GitClient reader;

    @BeforeEach
    void setUp() throws Exception {
        world = new GitWorld(folder.resolve("data"), GitWorld.limits(Duration.ofSeconds(12), Duration.ofSeconds(5)));
        git = world.client(folder.resolve("work"), "shop/web");
        reader = GitClient.at(folder.resolve("reader")).withToken(world.memberToken());
    }

    @AfterEach
    void tearDown() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2"})
    void whatWasPushedCanBeClonedAndFetched(String version) throws Exception {
        git.write("index.html", "hello").commit("One");
        git.ok("push", "signalbox", "main");

        var clone = reader.run("-c", "protocol.version=" + version, "clone", world.url("shop/web"), "copy");
        assertThat(clone.exit()).as(clone.text()).isZero();
        assertThat(clone.text()).doesNotContain("warning");
        assertThat(Files.readString(reader.directory.resolve("copy/index.html")))
                .isEqualTo("hello");

        var sha = git.write("index.html", "hello again").commit("Two");
        git.ok("push", "signalbox", "main");
        reader.ok("-C", "copy", "-c", "protocol.version=" + version, "pull", "--quiet");
        assertThat(reader.ok("-C", "copy", "rev-parse", "HEAD").strip()).isEqualTo(sha);
        assertThat(reader.ok("-C", "copy", "fsck", "--strict")).doesNotContain("error");
    }

    @Test
    void aServiceThatNothingWasPushedToIsAnEmptyRepository() throws Exception {
        world.createService(world.createProject("shop"), "web");

        var clone = reader.run("clone", world.url("shop/web"), "copy");

        assertThat(clone.exit()).isZero();
        assertThat(clone.text()).contains("warning: You appear to have cloned an empty repository.");
    }

    @Test
    void aRepositoryThatIsNotIsNotFound() throws Exception {
        var clone = reader.run("clone", world.url("shop/web"), "copy");

        assertThat(clone.exit()).isEqualTo(128);
        assertThat(clone.text()).isEqualTo("""
                Cloning into 'copy'...
                remote: not_found: there is no shop/web for this token.
                remote: Check the address. The first push makes a repository.
                fatal: repository '%s/' not found""".formatted(world.url("shop/web")));
    }

    @Test
    void onlySoManyFetchAtTheSameTime() throws Exception {
        git.write("index.html", "hello").commit("One");
        git.ok("push", "signalbox", "main");
        var open = new ArrayList<Socket>();
        try {
            for (int fetch = 0; fetch < 8; fetch++) open.add(fetchThatNeverEnds());
            GitWorld.await("eight fetches", () -> world.server.underWay() == 8);

            var clone = reader.run("clone", world.url("shop/web"), "copy");

            assertThat(clone.exit()).isEqualTo(128);
            assertThat(clone.text()).contains("fatal: remote error: busy: 8 others are fetching");
        } finally {
            for (var socket : open) socket.close();
        }
        GitWorld.await("an end of them", () -> world.server.underWay() == 0);
        reader.ok("clone", world.url("shop/web"), "copy");
    }

    private Socket fetchThatNeverEnds() throws Exception {
        var url = URI.create(world.url("shop/web"));
        var socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort());
        var head = "POST " + url.getPath() + "/git-upload-pack HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + world.memberToken() + "\r\nContent-Type: application/x-git-upload-pack-request\r\n"
                + "Content-Length: 1000\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void manyPushesMakeOneHistory() throws Exception {
        for (int commit = 0; commit < 10; commit++) {
            git.write("file", "text ".repeat(200) + commit).commit("Commit " + commit);
            git.ok("push", "signalbox", "main");
        }
        reader.ok("clone", "--quiet", world.url("shop/web"), "copy");

        assertThat(reader.ok("-C", "copy", "log", "--format=%s").lines()).hasSize(10);
    }

    @Test
    void aShallowCloneCanBeMade() throws Exception {
        git.commit("One");
        git.commit("Two");
        git.ok("push", "signalbox", "main");

        reader.ok("clone", "--quiet", "--depth=1", world.url("shop/web"), "copy");

        assertThat(reader.ok("-C", "copy", "log", "--format=%s").strip()).isEqualTo("Two");
    }
}
