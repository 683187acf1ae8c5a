package dev.signalbox.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.Audit.Act;
import dev.signalbox.accounts.Audit.Outcome;
import dev.signalbox.db.Db;
import dev.signalbox.db.Ids;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.time.Clock;
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
        assertThat(audit.firstBroken()).isEmpty();
        assertThat(audit.recent(team, 2)).extracting(Audit.Line::object).containsExactly("project-5", "project-4");
    }

    @Test
    void aChangedRowIsFound() throws Exception {
        tamper("update audit set actor = 'somebody else' where id = 3");
        assertThat(audit.firstBroken()).hasValue(3);
    }

    @Test
    void aMissingRowIsFound() throws Exception {
        tamper("delete from audit where id = 2");
        assertThat(audit.firstBroken()).hasValue(3);
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
