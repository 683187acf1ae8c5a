package dev.signalbox.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The few files that make a directory a bare repository. */
final class Layout {
    private static final String CONFIG = """
            [core]
            \trepositoryformatversion = 0
            \tbare = true
            \tfsyncRefFiles = true
            """;

    private Layout() {}

    /**
     * Makes an empty repository.
     *
     * @param alternate another repository whose objects can be read through this one
     */
    static void create(Path directory, @Nullable Path alternate) throws IOException {
        Files.createDirectories(directory.resolve("refs/heads"));
        Files.createDirectories(packs(directory));
        Files.writeString(directory.resolve("HEAD"), "ref: refs/heads/main\n");
        Files.writeString(directory.resolve("config"), CONFIG);
        if (alternate != null) {
            var info = Files.createDirectories(directory.resolve("objects/info"));
            Files.writeString(
                    info.resolve("alternates"), alternate.resolve("objects").toAbsolutePath() + "\n");
        }
    }

    static Path packs(Path directory) {
        return directory.resolve("objects/pack");
    }
}
