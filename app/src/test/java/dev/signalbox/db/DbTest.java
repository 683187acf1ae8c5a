package dev.signalbox.db;

import static dev.signalbox.db.schema.tables.Teams.TEAMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DbTest {
    private static final Instant NOW = Instant.parse("2026-11-19T14:32:05.123Z");

    @TempDir
    Path directory;

    @Test
    void whatWasWrittenIsThereAfterReopening() {
        try (var db = open()) {
            db.change(sql -> insert(sql, "team_a"));
        }
        try (var db = open()) {
            assertThat(db.<Instant>read(sql -> sql.select(TEAMS.CREATED_AT)
                            .from(TEAMS)
                            .fetchSingle()
                            .value1()))
                    .isEqualTo(NOW);
        }
    }

    @Test
    void aFailedTransactionLeavesNothing() {
        try (var db = open()) {
            assertThatThrownBy(() -> db.change(sql -> {
                        insert(sql, "team_a");
                        throw new IllegalStateException("half-way");
                    }))
                    .hasMessage("half-way");
            assertThat(db.<Integer>read(sql -> sql.fetchCount(TEAMS))).isZero();
            db.change(sql -> insert(sql, "team_a"));
        }
    }

    @Test
    void aReaderCannotWrite() {
        try (var db = open()) {
            assertThatThrownBy(() -> db.read(sql -> {
                        insert(sql, "team_a");
                        return true;
                    }))
                    .hasStackTraceContaining("readonly");
        }
    }

    @Test
    void manyWritersLoseNothingAndHoldNobodyUp() throws InterruptedException {
        int writers = 32;
        try (var db = open()) {
            var done = new CountDownLatch(writers);
            var threads = new ArrayList<Thread>();
            for (int writer = 0; writer < writers; writer++) {
                var id = "team_" + writer;
                threads.add(Thread.startVirtualThread(() -> {
                    for (int round = 0; round < 10; round++) {
                        var name = id + "_" + round;
                        db.change(sql -> insert(sql, name));
                        db.<Integer>read(sql -> sql.fetchCount(TEAMS));
                    }
                    done.countDown();
                }));
            }
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
            for (var thread : threads) thread.join();
            assertThat(db.<Integer>read(sql -> sql.fetchCount(TEAMS))).isEqualTo(writers * 10);
        }
    }

    @Test
    void aWriteInsideAWriteIsAMistake() {
        try (var db = open()) {
            assertThatThrownBy(() -> db.change(outer -> db.change(inner -> {})))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void theDatabaseIsSetUpToLoseNothing() throws Exception {
        try (var db = open()) {
            assertThat(pragma(db, "journal_mode")).isEqualTo("wal");
            assertThat(pragma(db, "synchronous")).isEqualTo("2");
            assertThat(pragma(db, "foreign_keys")).isEqualTo("1");
            assertThat(pragma(db, "trusted_schema")).isEqualTo("0");
        }
    }

    @Test
    void aNewerSchemaIsRefused() throws Exception {
        open().close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                var statement = connection.createStatement()) {
            statement.execute("insert into flyway_schema_history (installed_rank, version, description, type, script,"
                    + " checksum, installed_by, execution_time, success) values (99, '999', 'later', 'SQL',"
                    + " 'V999__later.sql', 1, 'x', 1, 1)");
            statement.execute("PRAGMA user_version = 7");
        }
        assertThatThrownBy(this::open)
                .isInstanceOf(DatabaseUnusable.class)
                .hasMessageContaining("was made by another version of Signalbox");
    }

    @Test
    void aCopyIsMadeBeforeTheSchemaChanges() throws Exception {
        try (var db = open()) {
            db.change(sql -> insert(sql, "team_a"));
        }
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 7");
        }
        open().close();
        try (var copies = Files.list(directory.resolve("copies"))) {
            var copy = copies.findFirst().orElseThrow();
            try (var connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
                    var statement = connection.createStatement();
                    var row = statement.executeQuery("select count(*) from teams")) {
                assertThat(row.getInt(1)).isEqualTo(1);
            }
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedAndLeftAlone() throws Exception {
        Files.writeString(file(), "not a database, but somebody's only copy of something");
        assertThatThrownBy(this::open).isInstanceOf(DatabaseUnusable.class).hasMessageContaining("Nothing was changed");
        assertThat(file()).hasContent("not a database, but somebody's only copy of something");
    }

    @Test
    void aSecondProcessIsKeptAway() throws Exception {
        try (var lock = DataLock.acquire(directory)) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> DataLock.acquire(directory))
                    .isInstanceOf(DatabaseUnusable.class)
                    .hasMessageContaining("Another Signalbox runs on");
        }
        DataLock.acquire(directory).close();
    }

    @Test
    void auditRowsCannotBeChangedOrDeleted() throws Exception {
        try (var connection = openAndConnect();
                var statement = connection.createStatement()) {
            statement.execute("insert into audit (at_time, actor, action, object, outcome, prev_hash, hash)"
                    + " values ('t', 'a', 'b', 'c', 'done', 'x', 'y')");
            assertThatThrownBy(() -> statement.execute("update audit set actor = 'z'"))
                    .hasMessageContaining("append-only");
            assertThatThrownBy(() -> statement.execute("delete from audit")).hasMessageContaining("append-only");
        }
    }

    private java.sql.Connection openAndConnect() throws Exception {
        open().close();
        return DriverManager.getConnection("jdbc:sqlite:" + file());
    }

    private Db open() {
        return Db.open(file());
    }

    private Path file() {
        return directory.resolve("signalbox.db");
    }

    private static String pragma(Db db, String name) {
        return db.write(sql -> sql.connectionResult(connection -> {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("PRAGMA " + name)) {
                return row.getString(1);
            }
        }));
    }

    private static void insert(DSLContext sql, String id) {
        sql.insertInto(TEAMS)
                .set(TEAMS.ID, id)
                .set(TEAMS.NAME, id)
                .set(TEAMS.CREATED_AT, NOW)
                .execute();
    }
}
