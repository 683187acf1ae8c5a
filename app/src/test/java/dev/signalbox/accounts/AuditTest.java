package dev.signalbox.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.Audit.Act;
import dev.signalbox.accounts.Audit.Outcome;
import dev.signalbox.accounts.Audit.Page;
import dev.signalbox.accounts.Audit.Query;
import dev.signalbox.db.Db;
import dev.signalbox.db.Ids;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.ArrayList;
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
    void aSearchSaysWhereItStoppedAndGoesOnFromThere() {
        var brief = new Audit(db, Clock.systemUTC(), 2);
        var first = brief.page(team, new Query("project-1", null, null, null, 10, false));
        assertThat(first).isEqualTo(new Page(List.of(), 4L));
        var second = brief.page(team, new Query("project-1", null, first.searchedTo(), null, 10, false));
        assertThat(second).isEqualTo(new Page(List.of(), 2L));
        var third = brief.page(team, new Query("project-1", null, second.searchedTo(), null, 10, false));
        assertThat(objects(third)).containsExactly("project-1");
        assertThat(third.searchedTo()).isNull();
        var back = brief.page(team, new Query("project-4", null, null, 1L, 10, false));
        assertThat(back).isEqualTo(new Page(List.of(), 3L));
        assertThat(objects(brief.page(team, new Query("project-4", null, null, 3L, 10, false))))
                .containsExactly("project-4");
    }

    @Test
    void aPageThatIsFullGoesOnAfterItsLastRow() {
        var brief = new Audit(db, Clock.systemUTC(), 2);
        var full = brief.page(team, new Query("project", null, null, null, 2, false));
        assertThat(objects(full)).containsExactly("project-5", "project-4");
        assertThat(full.searchedTo()).isNull();
    }

    @Test
    void noRowIsLostOrTwiceWhereTheMachinesOwnAreFewer() {
        var brief = new Audit(db, Clock.systemUTC(), 2);
        for (int number = 1; number <= 3; number++) {
            audit.record(
                    new Act(null, "unknown", "project.create", "own-" + number, Outcome.REFUSED, null, null, null));
            audit.record(act("project-" + (5 + number)));
        }
        var all = new ArrayList<String>();
        Long before = null;
        do {
            var page = brief.page(team, new Query("project", null, before, null, 10, true));
            all.addAll(objects(page));
            before = page.searchedTo();
        } while (before != null);
        assertThat(all)
                .containsExactly(
                        "project-8",
                        "own-3",
                        "project-7",
                        "own-2",
                        "project-6",
                        "own-1",
                        "project-5",
                        "project-4",
                        "project-3",
                        "project-2",
                        "project-1");
    }

    @Test
    void anotherTeamsRowsAreNotAmongThem() {
        var other = new Accounts(db, Clock.systemUTC(), new Ids(new SecureRandom())).createTeam("other");
        assertThat(audit.page(other, new Query("", null, null, null, 10, true)).lines())
                .isEmpty();
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
        return objects(audit.page(team, query));
    }

    private static List<String> objects(Page page) {
        return page.lines().stream().map(Audit.Line::object).toList();
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
