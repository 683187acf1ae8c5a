package dev.signalbox.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteDirectoryTest {
    private static final String GOOD = "{\"http\": 1}";
    private static final String BETTER = "{\"http\": 2}";

    @TempDir
    Path proxy;

    private RouteDirectory files;

    @BeforeEach
    void create() {
        files = new RouteDirectory(proxy);
        files.create();
    }

    @Test
    void aFileIsWrittenWholeAndForTheProxyToRead() throws IOException {
        files.write("wl_a", GOOD);
        assertThat(names()).containsExactly("wl_a.yml");
        assertThat(Files.readString(path("wl_a.yml"))).isEqualTo(GOOD);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path("wl_a.yml"))))
                .isEqualTo("rw-r-----");
        assertThat(proxy.resolve("preparing")).isEmptyDirectory();
    }

    @Test
    void theSameTextIsNotWrittenAgain() throws IOException {
        files.write("wl_a", GOOD);
        var longAgo = FileTime.fromMillis(0);
        Files.setLastModifiedTime(path("wl_a.yml"), longAgo);
        files.write("wl_a", GOOD);
        assertThat(Files.getLastModifiedTime(path("wl_a.yml"))).isEqualTo(longAgo);
    }

    @Test
    void whatWasGoodIsPutBack() {
        files.write("wl_a", GOOD);
        files.confirm("wl_a", GOOD);
        files.write("wl_a", BETTER);
        files.putBack("wl_a", null);
        assertThat(files.read("wl_a")).contains(GOOD);
    }

    @Test
    void afterARestartWhatStoodThereIsPutBack() {
        files.write("wl_a", BETTER);
        files.putBack("wl_a", GOOD);
        assertThat(files.read("wl_a")).contains(GOOD);
    }

    @Test
    void whereNothingWasNothingStays() {
        files.write("wl_a", GOOD);
        files.putBack("wl_a", null);
        assertThat(files.read("wl_a")).isEmpty();
        files.write("wl_a", GOOD);
        files.putBack("wl_a", "half a fi");
        assertThat(files.read("wl_a")).isEmpty();
    }

    @Test
    void whatSomebodyElseDidToAGoodFileIsSeen() throws IOException {
        files.write("wl_a", GOOD);
        assertThat(files.isSpoilt("wl_a")).as("never seen to be used").isFalse();
        files.confirm("wl_a", GOOD);
        assertThat(files.isSpoilt("wl_a")).isFalse();
        Files.writeString(path("wl_a.yml"), BETTER);
        assertThat(files.isSpoilt("wl_a")).isTrue();
        Files.delete(path("wl_a.yml"));
        assertThat(files.isSpoilt("wl_a")).isTrue();
        files.write("wl_a", GOOD);
        assertThat(files.isSpoilt("wl_a")).isFalse();
    }

    @Test
    void spoiltFilesAreHealedAndUnreadableOnesGo() throws IOException {
        files.write("wl_a", GOOD);
        files.confirm("wl_a", GOOD);
        Files.writeString(path("wl_a.yml"), "{\"htt");
        Files.writeString(path("wl_b.yml"), "{{ broken");
        Files.writeString(path("wl_c.yml"), "");
        Files.writeString(path("stranger.toml"), "= no");
        files.write("wl_new", BETTER);
        Files.writeString(path("wl_busy.yml"), "{");
        files.heal("wl_busy"::equals);
        assertThat(names()).containsExactlyInAnyOrder("wl_a.yml", "wl_busy.yml", "wl_new.yml");
        assertThat(files.read("wl_a")).contains(GOOD);
        assertThat(proxy.resolve("rejected").toFile().list())
                .containsExactlyInAnyOrder("wl_b.yml", "wl_c.yml", "stranger.toml");
    }

    @Test
    void onlyWhatIsKeptStays() throws IOException {
        for (var owner : Set.of("wl_a", "wl_b", "signalbox")) files.write(owner, GOOD);
        Files.writeString(path("wl_a.yml.tmp"), GOOD);
        Files.writeString(path("other.yaml"), GOOD);
        files.retain(Set.of("wl_a", "signalbox")::contains);
        assertThat(names()).containsExactlyInAnyOrder("wl_a.yml", "signalbox.yml");
    }

    private Path path(String name) {
        return files.path().resolve(name);
    }

    private String[] names() {
        return files.path().toFile().list();
    }
}
