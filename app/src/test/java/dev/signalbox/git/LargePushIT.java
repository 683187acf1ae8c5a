package dev.signalbox.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pushes to a process that has as little memory as the appliance. */
class LargePushIT {
    private static final int MIB = 1024 * 1024;
    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC", "-Xms8m", "-Xmx96m", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED");

    @TempDir
    Path folder;

    private Process appliance;
    private String url;
    private GitClient git;

    @BeforeEach
    void setUp() throws Exception {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
        command.addAll(FLAGS);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Appliance.class.getName(),
                folder.resolve("data").toString()));
        appliance = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        GitWorld.await("the appliance", () -> Files.exists(folder.resolve("data/ready")) || !appliance.isAlive());
        var ready = Files.readAllLines(folder.resolve("data/ready"));
        url = ready.getFirst();
        git = GitClient.init(folder.resolve("work")).withToken(ready.getLast());
        git.ok("remote", "add", "signalbox", url + "/git/shop/web.git");
    }

    @AfterEach
    void tearDown() throws Exception {
        appliance.destroy();
        assertThat(appliance.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aFileOf95MibThatChangesByOneByteIsReceivedWhileOthersAreAnswered() throws Exception {
        noise("video", 95 * MIB);
        git.commit("Video");
        pushWhileOthersAreAnswered();
        changeOneByte();
        git.commit("One byte");
        pushWhileOthersAreAnswered();

        git.ok("clone", "--quiet", url + "/git/shop/web.git", "../copy");
        assertThat(Files.mismatch(git.directory.resolve("video"), folder.resolve("copy/video")))
                .isEqualTo(-1);
    }

    @Test
    void differencesThatNeedTooMuchMemoryAreRefusedWithAWayOut() throws Exception {
        noise("video", 95 * MIB);
        git.commit("Video");
        changeOneByte();
        git.commit("One byte");

        // Both versions in one push: git sends one as its difference to the other.
        var refused = git.run("push", "signalbox", "main");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.text())
                .contains("Nothing was deployed: the server does not have the memory to put together what git sent")
                .contains("! [remote rejected] main -> main (not enough memory)");
        git.ok("-c", "core.bigFileThreshold=1m", "push", "signalbox", "main");
    }

    @Test
    void aFullFolderInManyPlacesIsRefused() throws Exception {
        var full = tree(98_000, Optional.empty());
        refuses(git.feed("040000 tree " + full + "\ta\n040000 tree " + full + "\tb\n", "mktree"), "too many files");
    }

    @Test
    void fullFoldersInFullFoldersAreRefused() throws Exception {
        var folder = tree(98_000, Optional.empty());
        for (int depth = 0; depth < 12; depth++) folder = tree(98_000, Optional.of(folder));
        refuses(folder, "paths too long");
    }

    private void refuses(String tree, String reason) throws Exception {
        var commit = git.ok("commit-tree", "-m", "Made by hand", tree.strip());
        git.ok("update-ref", "refs/heads/main", commit.strip());

        var refused = git.run("push", "signalbox", "main");

        assertThat(refused.exit()).as(refused.text()).isEqualTo(1);
        assertThat(refused.text()).contains("! [remote rejected] main -> main (" + reason + ")");
        assertThat(folder.resolve("log")).content().doesNotContain("OutOfMemoryError");
    }

    /** A folder with this many files and, before them, maybe a folder. */
    private String tree(int files, Optional<String> first) throws Exception {
        var file = git.feed("x", "hash-object", "-w", "--stdin").strip();
        var listing = new StringBuilder();
        first.ifPresent(folder -> listing.append("040000 tree " + folder + "\ta\n"));
        for (int index = 0; index < files; index++) {
            listing.append("100644 blob " + file + "\tfile-%06d\n".formatted(index));
        }
        return git.feed(listing.toString(), "mktree").strip();
    }

    private void changeOneByte() throws Exception {
        try (var file = new RandomAccessFile(git.directory.resolve("video").toFile(), "rw")) {
            file.seek(50 * MIB);
            file.write(42);
        }
    }

    private void pushWhileOthersAreAnswered() throws Exception {
        var push = git.start("push", "signalbox", "main");
        long slowest = 0;
        int asked = 0;
        try (var http = HttpClient.newHttpClient()) {
            var health = HttpRequest.newBuilder(URI.create(url + "/health"))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            while (push.isAlive()) {
                long start = System.nanoTime();
                assertThat(http.send(health, HttpResponse.BodyHandlers.discarding())
                                .statusCode())
                        .isEqualTo(204);
                slowest = Math.max(slowest, System.nanoTime() - start);
                asked++;
            }
        }
        var result = push.await();
        assertThat(result.exit())
                .as(result.text() + Files.readString(folder.resolve("log")))
                .isZero();
        assertThat(asked).isPositive();
        assertThat(slowest).isLessThan(Duration.ofSeconds(2).toNanos());
    }

    private void noise(String name, int size) throws Exception {
        var random = new Random(1);
        try (var out = Files.newOutputStream(git.directory.resolve(name))) {
            var bytes = new byte[MIB];
            for (int written = 0; written < size; written += bytes.length) {
                random.nextBytes(bytes);
                out.write(bytes);
            }
        }
    }

    /** The remote with deployments that end at once. */
    static final class Appliance {
        public static void main(String[] arguments) throws Exception {
            var data = Path.of(arguments[0]);
            var world = new GitWorld(data);
            Files.writeString(data.resolve("starting"), world.server.url() + "\n" + world.memberToken() + "\n");
            Files.move(data.resolve("starting"), data.resolve("ready"));
            Thread.currentThread().join();
        }
    }
}
