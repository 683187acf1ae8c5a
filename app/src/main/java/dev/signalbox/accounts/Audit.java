package dev.signalbox.accounts;

import dev.signalbox.db.Db;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Who did what: append-only, each row carrying the hash of the one before it, so that a change or a gap shows. */
public final class Audit {
    /** Rows that are looked at for a text in one go: 40 ms. */
    private static final int SEARCHED = 50_000;

    private final Db db;
    private final Clock clock;
    private final int searched;
    private final AuditCheck check;

    public Audit(Db db, Clock clock) {
        this(db, clock, SEARCHED);
    }

    Audit(Db db, Clock clock, int searched) {
        this.db = db;
        this.clock = clock;
        this.searched = searched;
        this.check = new AuditCheck(db, clock);
    }

    /** How an act ended. */
    public enum Outcome {
        DONE,
        REFUSED,
        FAILED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One act. Secrets never belong in it: of a variable the name, not the value.
     *
     * @param team the team it concerns; null for the machine's own acts
     */
    public record Act(
            @Nullable TeamScope team,
            String actor,
            String action,
            String object,
            Outcome outcome,
            @Nullable String address,
            @Nullable String requestId,
            @Nullable String detail) {}

    /** One row of the log as people see it. */
    public record Line(
            long id,
            Instant at,
            String actor,
            String action,
            String object,
            String outcome,
            @Nullable String address,
            @Nullable String detail) {}

    /**
     * Which rows to show, a page of them at a time.
     *
     * @param text to be found in who, what or on what, capitals of a to z aside; empty for all
     * @param outcome null for any
     * @param olderThan the id after whose row the page begins; null to begin with the newest
     * @param newerThan the id before whose row the page ends; it wins over {@code olderThan}
     * @param withMachine also the machine's own rows, such as sign-ins with an address that nobody has; they belong to no
     *     team, name nobody, and are for owners
     */
    public record Query(
            String text,
            @Nullable Outcome outcome,
            @Nullable Long olderThan,
            @Nullable Long newerThan,
            int limit,
            boolean withMachine) {}

    /**
     * Some of the log's rows, newest first.
     *
     * @param searchedTo where the search for a text stopped before the page was full: ask again with this as
     *     {@code olderThan}, or {@code newerThan} if that was asked for, to go on; null when it came to the end of the log
     */
    public record Page(List<Line> lines, @Nullable Long searchedTo) {
        public Page {
            lines = List.copyOf(lines);
        }
    }

    /**
     * How the log was found when it was last read from its beginning.
     *
     * @param firstBroken the first row that does not follow from the one before it; null when all do
     */
    public record Verification(@Nullable Long firstBroken, long rows, Instant at) {}

    public void record(Act act) {
        db.change(sql -> append(sql, act, clock.instant()));
    }

    /** Within a transaction: what is written down happened, and what happened is written down. */
    static void append(DSLContext sql, Act act, Instant now) {
        AuditStore.append(sql, act, now);
    }

    /** The last verification. Asking for it begins another in the background when ten minutes have passed since. */
    public Optional<Verification> verification() {
        return check.last();
    }

    /** A page of rows. A text is looked for in 50,000 rows at a time. */
    public Page page(TeamScope team, Query query) {
        return db.read(sql -> AuditStore.page(sql, team, query, searched));
    }
}
