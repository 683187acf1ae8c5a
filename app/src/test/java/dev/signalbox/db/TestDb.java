package dev.signalbox.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Hands out real databases: copies of one file that was migrated once. */
public final class TestDb {
    private TestDb() {}

    private static final class Template {
        private static final Path FILE = migrate();

        private static Path migrate() {
            try {
                var directory = Files.createTempDirectory("signalbox-template");
                var file = directory.resolve("signalbox.db");
                Db.open(file).close();
                file.toFile().deleteOnExit();
                directory.toFile().deleteOnExit();
                return file;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A database of its own in this directory. */
    public static Db open(Path directory) {
        try {
            return Db.open(Files.copy(Template.FILE, directory.resolve("signalbox.db")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
