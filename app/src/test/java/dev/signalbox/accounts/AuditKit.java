package dev.signalbox.accounts;

import dev.signalbox.accounts.Audit.Act;
import dev.signalbox.accounts.Audit.Outcome;
import dev.signalbox.db.Db;
import java.time.Clock;

/** Fills the audit log for measurements, every row following from the one before it. */
public final class AuditKit {
    private AuditKit() {}

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
}
