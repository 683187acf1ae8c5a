package dev.signalbox.db;

import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * How a database file is, for somebody who asks while others use it.
 *
 * @param release of SQLite
 * @param complaint the first that SQLite has against the file; null when it has none
 */
public record DatabaseHealth(String release, @Nullable String complaint) {
    public static DatabaseHealth of(Path file) {
        try (var connection = DatabaseCopy.open(file);
                var statement = connection.createStatement();
                var row = statement.executeQuery("select sqlite_version()")) {
            var release = row.getString(1);
            try (var check = statement.executeQuery("PRAGMA quick_check(1)")) {
                var verdict = check.next() ? check.getString(1) : "nothing";
                return new DatabaseHealth(release, verdict.equals("ok") ? null : verdict);
            }
        } catch (SQLException e) {
            return new DatabaseHealth("", e.getMessage());
        }
    }
}
