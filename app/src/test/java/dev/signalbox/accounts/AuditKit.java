package dev.signalbox.accounts;

import dev.signalbox.accounts.Audit.Act;
import dev.signalbox.accounts.Audit.Line;
import dev.signalbox.accounts.Audit.Outcome;
import dev.signalbox.accounts.Audit.Query;
import dev.signalbox.db.Db;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;

/** Audit logs that are large or are searched in small pieces, and what was written down in them. */
public final class AuditKit {
    private AuditKit() {}

    /** A log in which so many rows are looked at for a text in one go. */
    public static Audit searching(Db db, Clock clock, int rows) {
        return new Audit(db, clock, rows);
    }

    /** Every row follows from the one before it. */
    public static void fill(Db db, Clock clock, TeamScope team, int rows) {
        db.change(sql -> {
            for (int row = 0; row < rows; row++) {
                var act = new Act(
                        team,
                        "Person " + row % 100,
                        "deployments.create",
                        "/api/v1/projects/shop" + row % 100,
                        Outcome.DONE,
                        "203.0.113." + row % 250,
                        "req_" + row,
                        "deployment " + row);
                Audit.append(sql, act, clock.instant());
            }
        });
    }

    /** Newest first. */
    public static List<Line> recent(Audit audit, TeamScope team, int limit) {
        return audit.page(team, new Query("", null, null, null, limit, false)).lines();
    }

    /** The first row that does not follow from the one before it; empty when the log is whole. */
    public static OptionalLong firstBroken(Db db) {
        var broken = new AuditCheck(db, Clock.systemUTC()).run().firstBroken();
        return broken == null ? OptionalLong.empty() : OptionalLong.of(broken);
    }
}
