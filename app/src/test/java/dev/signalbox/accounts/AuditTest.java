package dev.signalbox.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.Audit.Act;
import dev.signalbox.accounts.Audit.Outcome;
import dev.signalbox.accounts.Audit.Query;
import dev.signalbox.db.Db;
import dev.signalbox.db.Ids;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {
    @TempDir
    Path directory;

    private Db db;
    private Audit audit;
    private TeamScope team;

    @BeforeEach
    void open() {
        db = Db.open(directory.resolve("signalbox.db"));
        audit = new Audit(db, Clock.systemUTC());
        team = new Accounts(db, Clock.systemUTC(), new Ids(new SecureRandom())).firstTeam();
        for (int number = 1; number <= 5; number++) audit.record(act("project-" + number));
    }

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void anUntouchedLogIsWhole() {
        assertThat(AuditKit.firstBroken(db)).isEmpty();
        assertThat(AuditKit.recent(audit, team, 2))
                .extracting(Audit.Line::object)
                .containsExactly("project-5", "project-4");
    }

    @Test
    void aChangedRowIsFound() throws Exception {
        tamper("update audit set actor = 'somebody else' where id = 3");
        assertThat(AuditKit.firstBroken(db)).hasValue(3);
    }

    @Test
    void aMissingRowIsFound() throws Exception {
        tamper("delete from audit where id = 2");
        assertThat(AuditKit.firstBroken(db)).hasValue(3);
    }

    @Test
    void aRowThatWasSlippedInIsFound() throws Exception {
        tamper("insert into audit select 99, at_time, team_id, 'nobody', action, object, outcome, address, request_id,"
                + " detail, prev_hash, hash from audit where id = 5");
        assertThat(AuditKit.firstBroken(db)).hasValue(99);
    }

    @Test
    void pagesFollowOneAnotherInBothDirections() {
        assertThat(objects(new Query("", null, null, null, 2, false))).containsExactly("project-5", "project-4");
        assertThat(objects(new Query("", null, 4L, null, 2, false))).containsExactly("project-3", "project-2");
        assertThat(objects(new Query("", null, 2L, null, 2, false))).containsExactly("project-1");
        assertThat(objects(new Query("", null, null, 1L, 2, false))).containsExactly("project-3", "project-2");
        assertThat(objects(new Query("", null, null, 5L, 2, false))).isEmpty();
    }

    @Test
    void rowsAreFoundByWhoWhatAndOnWhat() {
        audit.record(new Act(team, "Mara", "members.remove", "50%_off", Outcome.REFUSED, null, null, "detail"));
        for (var text : List.of("mara", "MEMBERS.rem", "50%", "%_", " Mara ")) {
            assertThat(objects(new Query(text, null, null, null, 10, false))).containsExactly("50%_off");
        }
        for (var text : List.of("detail", "5__", "' or 1=1 --", "\\")) {
            assertThat(objects(new Query(text, null, null, null, 10, false))).isEmpty();
        }
        assertThat(objects(new Query("", Outcome.REFUSED, null, null, 10, false)))
                .containsExactly("50%_off");
        assertThat(objects(new Query("Mara", Outcome.DONE, null, null, 10, false)))
                .isEmpty();
    }

    @Test
    void theMachinesOwnRowsAreAmongThemWhenTheyAreAskedFor() {
        audit.record(new Act(null, "unknown", "sessions.sign-in", "x", Outcome.REFUSED, null, null, null));
        audit.record(act("project-7"));
        assertThat(objects(new Query("", null, null, null, 2, false))).containsExactly("project-7", "project-5");
        assertThat(objects(new Query("", null, null, null, 3, true))).containsExactly("project-7", "x", "project-5");
        assertThat(objects(new Query("", null, null, 5L, 1, true))).containsExactly("x");
    }

    @Test
    void anotherTeamsRowsAreNotAmongThem() {
        var other = new Accounts(db, Clock.systemUTC(), new Ids(new SecureRandom())).createTeam("other");
        assertThat(audit.page(other, new Query("", null, null, null, 10, true))).isEmpty();
    }

    @Test
    void itIsVerifiedInTheBackground() {
        assertThat(audit.verification()).isEmpty();
        var deadline = System.nanoTime() + 10_000_000_000L;
        while (audit.verification().isEmpty() && System.nanoTime() < deadline) Thread.onSpinWait();
        assertThat(audit.verification()).hasValueSatisfying(found -> {
            assertThat(found.firstBroken()).isNull();
            assertThat(found.rows()).isEqualTo(5);
        });
    }

    private List<String> objects(Query query) {
        return audit.page(team, query).stream().map(Audit.Line::object).toList();
    }

    private void tamper(String change) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("signalbox.db"));
                var statement = connection.createStatement()) {
            statement.execute("drop trigger audit_keeps_rows");
            statement.execute("drop trigger audit_keeps_text");
            statement.execute(change);
        }
    }

    private Act act(String object) {
        return new Act(team, "token laptop", "project.create", object, Outcome.DONE, "192.0.2.1", null, null);
    }
}
