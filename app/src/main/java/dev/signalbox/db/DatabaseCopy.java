package dev.signalbox.db;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;

/** Makes whole copies of a database as of one moment, while others go on reading and writing it. */
public final class DatabaseCopy {
    private static final int PATIENCE_MILLIS = 15_000;

    private DatabaseCopy() {}

    /**
     * Copies the database into a new file that only its owner can read; when this returns, the copy is sound and on the disk.
     *
     * @throws DatabaseFailed when it is not; then there is no file of that name
     */
    public static void make(Path database, Path copy) {
        if (!Files.isRegularFile(database)) {
            throw new DatabaseFailed("There is no database at " + database + ". Nothing was copied.", null);
        }
        if (Files.exists(copy)) {
            throw new DatabaseFailed(copy + " is there already and was left alone. Name a file that is not.", null);
        }
        // Under its own name from the moment on when it is whole.
        var unfinished = copy.resolveSibling(copy.getFileName() + ".unfinished");
        try {
            Files.deleteIfExists(unfinished);
            Files.createFile(
                    unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                copy(database, unfinished);
                requireSound(unfinished);
                force(unfinished);
                Files.move(unfinished, copy);
                force(copy.toAbsolutePath().resolveSibling(""));
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (SQLException | IOException e) {
            throw new DatabaseFailed(
                    "The database " + database + " could not be copied to " + copy + ": " + e.getMessage()
                            + ". There is no copy; the database is as it was.",
                    e);
        }
    }

    private static void copy(Path database, Path target) throws SQLException {
        try (var connection = open(database);
                var statement = connection.prepareStatement("VACUUM INTO ?")) {
            statement.setString(1, target.toString());
            statement.execute();
        }
    }

    private static void requireSound(Path file) throws SQLException {
        try (var connection = open(file);
                var statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA quick_check(1)")) {
            var verdict = row.next() ? row.getString(1) : "no answer";
            if (!verdict.equals("ok")) throw new SQLException("the copy is damaged: " + verdict);
        }
    }

    /** Not read-only: only who may write takes away the log and the index that a database is opened with. */
    static Connection open(Path file) throws SQLException {
        var config = new SQLiteConfig();
        config.setBusyTimeout(PATIENCE_MILLIS);
        return DriverManager.getConnection(Db.url(file), config.toProperties());
    }

    private static void force(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
