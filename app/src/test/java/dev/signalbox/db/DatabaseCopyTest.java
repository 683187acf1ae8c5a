package dev.signalbox.db;

import static dev.signalbox.db.schema.tables.Teams.TEAMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseCopyTest {
    @TempDir
    Path directory;

    @Test
    void whatWasWrittenIsInTheCopyWhileTheOriginalIsInUse() throws Exception {
        try (var db = TestDb.open(directory)) {
            db.change(DatabaseCopyTest::insertTeam);
            DatabaseCopy.make(original(), copy());
            db.change(sql -> sql.deleteFrom(TEAMS).execute());
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy())))
                .isEqualTo("rw-------");
        assertThat(teams(copy())).isEqualTo(1);
        assertThat(teams(original())).isZero();
    }

    @Test
    void nothingIsLeftBesideADatabaseThatNobodyUses() throws Exception {
        TestDb.open(directory).close();
        DatabaseCopy.make(original(), copy());
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("signalbox.db", "copy.db");
        }
    }

    @Test
    void aFileThatIsThereIsLeftAlone() throws Exception {
        TestDb.open(directory).close();
        Files.writeString(copy(), "somebody's");
        assertRefused(copy() + " is there already and was left alone. Name a file that is not.");
        assertThat(copy()).hasContent("somebody's");
    }

    @Test
    void whatAnEarlierCopyLeftIsNoHindrance() throws Exception {
        TestDb.open(directory).close();
        Files.writeString(directory.resolve("copy.db.unfinished"), "half");
        DatabaseCopy.make(original(), copy());
        assertThat(directory.resolve("copy.db.unfinished")).doesNotExist();
        assertThat(teams(copy())).isZero();
    }

    @Test
    void aDamagedDatabaseGivesNoCopy() throws Exception {
        Files.writeString(original(), "no database at all, but somebody's only copy of something");
        assertRefused("There is no copy; the database is as it was.");
        assertThat(copy()).doesNotExist();
        assertThat(directory.resolve("copy.db.unfinished")).doesNotExist();
    }

    @Test
    void withoutADatabaseNoneIsMade() {
        assertRefused("There is no database at " + original() + ". Nothing was copied.");
        assertThat(original()).doesNotExist();
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> DatabaseCopy.make(original(), copy()))
                .isInstanceOf(DatabaseFailed.class)
                .hasMessageContaining(message);
    }

    private Path original() {
        return directory.resolve("signalbox.db");
    }

    private Path copy() {
        return directory.resolve("copy.db");
    }

    private static int teams(Path file) {
        try (var db = Db.open(file)) {
            return db.read(sql -> sql.fetchCount(TEAMS));
        }
    }

    private static void insertTeam(org.jooq.DSLContext sql) {
        sql.insertInto(TEAMS)
                .set(TEAMS.ID, "team_a")
                .set(TEAMS.NAME, "a")
                .set(TEAMS.CREATED_AT, Instant.EPOCH)
                .execute();
    }
}
