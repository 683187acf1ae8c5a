package dev.signalbox.builds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContextArchiveTest {
    @Test
    void isTheSameForTheSameFiles() throws IOException {
        assertThat(bytes(app())).isEqualTo(bytes(app()));
    }

    @Test
    void holdsFilesDirectoriesAndLinksWithoutTimesAndOwners() throws IOException {
        var entries = entries(app().withExecutable("bin/run", "#!")
                .withLink("lib/current", "../bin/run")
                .with("ünïcode/" + "long".repeat(60) + ".txt", "text"));

        assertThat(entries.keySet())
                .containsExactly(
                        ".signalbox/",
                        ".signalbox/Dockerfile",
                        "bin/",
                        "bin/run",
                        "lib/",
                        "lib/current",
                        "package.json",
                        "server.js",
                        "ünïcode/",
                        "ünïcode/" + "long".repeat(60) + ".txt");
        assertThat(entries.get("bin/run")).isEqualTo("755 #!");
        assertThat(entries.get("server.js")).isEqualTo("644 serve()");
        assertThat(entries.get("lib/current")).isEqualTo("-> ../bin/run");
        assertThat(entries.get("lib/")).isEqualTo("755 ");
    }

    @Test
    void putsTheDockerfileWhereTheRepositoryHasNothing() throws IOException {
        assertThat(entries(app().with(".signalbox/Dockerfile", "theirs")))
                .containsEntry(".signalbox/Dockerfile", "644 theirs")
                .containsKey(".signalbox-/Dockerfile");
        assertThat(entries(app().withLink(".signalbox", "bin"))).containsKey(".signalbox-/Dockerfile");
    }

    @Test
    void sendsAnOwnDockerfileAsItIsRead() throws IOException {
        var tree = MapTree.of(
                "Dockerfile", "# syntax=docker/dockerfile:1\nFROM scratch\n", ".dockerignore", "Dockerfile\n");

        assertThat(entries(tree)).containsEntry("Dockerfile", "644 \nFROM scratch\n");
    }

    @Test
    void leavesOutWhatIsIgnoredAndWhatWouldGiveSecretsAway() throws IOException {
        var tree = app().with(".dockerignore", "*.log\n")
                .with("debug.log", "")
                .with(".env", "KEY=1")
                .with("api/.env.local", "KEY=2")
                .with(".env.example", "KEY=")
                .with(".git/config", "");

        assertThat(entries(tree).keySet())
                .containsExactly(".signalbox/", ".signalbox/Dockerfile", ".dockerignore", "package.json", "server.js");
        assertThat(archive(tree).notes())
                .containsExactly(".env and 1 more are left out of the image: set variables on the service."
                        + " To send it all the same, write '!.env' into .dockerignore");
    }

    @Test
    void saysThatSubmodulesAreEmpty() throws IOException {
        var tree = app().withSubmodule("vendor/theme");

        assertThat(entries(tree)).doesNotContainKey("vendor/theme");
        assertThat(archive(tree).notes())
                .containsExactly("vendor/theme is a submodule; its files are not part of what was pushed");
    }

    @ParameterizedTest
    @CsvSource({"config, /etc/shadow", "config, ../outside", "a/b, ../../outside", "a/b, ./x/../../../outside"})
    void refusesLinksThatLeaveTheRepository(String path, String target) {
        assertThatThrownBy(() -> archive(app().withLink(path, target)))
                .isInstanceOf(BuildRefused.class)
                .hasMessage(path + " is a link to " + target
                        + ", which is outside of the repository. Remove it, or put the file in its place.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/etc/passwd", "a/../../x", "a//b", "./x"})
    void refusesPathsThatLeadElsewhere(String path) {
        assertThatThrownBy(() -> archive(app().with(path, "")))
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining("is not one that a build takes");
    }

    private static MapTree app() {
        return MapTree.of("package.json", "{}", "server.js", "serve()");
    }

    private static ContextArchive archive(MapTree tree) {
        var files = new SourceFiles(tree);
        return new ContextArchive(files, Planner.plan("svc_1", files));
    }

    private static byte[] bytes(MapTree tree) throws IOException {
        var out = new ByteArrayOutputStream();
        archive(tree).writeTo(out);
        return out.toByteArray();
    }

    private static Map<String, String> entries(MapTree tree) throws IOException {
        var entries = new LinkedHashMap<String, String>();
        try (var tar = new TarArchiveInputStream(new ByteArrayInputStream(bytes(tree)), UTF_8.name())) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                assertThat(entry.getLastModifiedTime().toMillis()).isZero();
                assertThat(entry.getLongUserId() + entry.getLongGroupId()).isZero();
                var content = new String(tar.readAllBytes(), UTF_8);
                var described = entry.isSymbolicLink()
                        ? "-> " + entry.getLinkName()
                        : Integer.toOctalString(entry.getMode() & 0777) + " " + content;
                entries.put(entry.getName(), described);
            }
        }
        return entries;
    }
}
