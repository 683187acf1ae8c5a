package dev.signalbox.accounts;

import dev.signalbox.db.Db;
import java.util.concurrent.ConcurrentHashMap;

/** Counts rows of the log. Rows are only ever added, so that only the new ones have to be counted. */
final class AuditCounts {
    private final Db db;
    private final ConcurrentHashMap<String, Count> counts = new ConcurrentHashMap<>();

    AuditCounts(Db db) {
        this.db = db;
    }

    /** So many rows up to this one. */
    record Count(long rows, long upTo) {
        static final Count NONE = new Count(0, 0);
    }

    long of(TeamScope team) {
        var before = counts.getOrDefault(team.teamId(), Count.NONE);
        var count = db.read(sql -> AuditStore.count(sql, team, before));
        counts.put(team.teamId(), count);
        return count.rows();
    }
}
