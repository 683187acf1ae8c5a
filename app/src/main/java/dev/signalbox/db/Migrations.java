package dev.signalbox.db;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.zip.CRC32;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings the schema up to date, forward only, with a copy of the file before anything is changed.
 *
 * <p>The fingerprint of all migrations is kept in {@code user_version}. When it matches there is nothing to do, and Flyway
 * is not even loaded; else Flyway compares checksums, refuses a newer schema and runs what is missing.
 */
final class Migrations {
    private static final String FOLDER = "db/migration";
    static final List<String> SCRIPTS =
            List.of("V001__first.sql", "V002__people.sql", "V003__variable_authors.sql", "V004__failures.sql");

    private Migrations() {}

    static void run(Path file) {
        try (var connection = DriverManager.getConnection(Db.url(file))) {
            var fingerprint = fingerprint();
            if (userVersion(connection) == fingerprint) return;
            if (userVersion(connection) != 0) copy(connection, file);
            migrate(file);
            try (var statement = connection.createStatement()) {
                statement.execute("PRAGMA user_version = " + fingerprint);
            }
        } catch (SQLException | IOException e) {
            throw DatabaseUnusable.because(file, e);
        }
    }

    private static void migrate(Path file) {
        try {
            Flyway.configure()
                    .dataSource(Db.url(file), "", "")
                    .locations("classpath:" + FOLDER)
                    .failOnMissingLocations(true)
                    // The default lets an older program run silently on a newer schema.
                    .ignoreMigrationPatterns(new String[0])
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new DatabaseUnusable(
                    "The database " + file
                            + " was made by another version of Signalbox, or its migrations were changed: "
                            + e.getMessage() + " Nothing was changed. Start the version that made it, or a newer one.",
                    e);
        }
    }

    /** A whole, consistent copy beside the database, named after the schema it has; made once for each. */
    private static void copy(Connection connection, Path file) throws SQLException, IOException {
        var folder = Files.createDirectories(file.resolveSibling("copies"));
        var target = folder.resolve("schema-" + Integer.toHexString(userVersion(connection)) + ".db");
        if (Files.exists(target)) return;
        try (var statement = connection.prepareStatement("VACUUM INTO ?")) {
            statement.setString(1, target.toString());
            statement.execute();
        }
    }

    private static int userVersion(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA user_version")) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    private static int fingerprint() {
        var crc = new CRC32();
        for (var script : SCRIPTS) {
            try (InputStream in = Migrations.class.getResourceAsStream("/" + FOLDER + "/" + script)) {
                if (in == null) throw new IllegalStateException("the program was packed without " + script);
                crc.update(in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return (int) crc.getValue();
    }
}
