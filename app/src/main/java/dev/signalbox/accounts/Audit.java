package dev.signalbox.accounts;

import static dev.signalbox.db.schema.tables.Audit.AUDIT;

import dev.signalbox.db.Db;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Who did what: append-only, each row carrying the hash of the one before it, so that a change or a gap shows. */
public final class Audit {
    private static final String BEGINNING = "0".repeat(64);

    private final Db db;
    private final Clock clock;

    public Audit(Db db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** How an act ended. */
    public enum Outcome {
        DONE,
        REFUSED,
        FAILED;

        String word() {
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

    public void record(Act act) {
        db.change(sql -> append(sql, act, clock.instant()));
    }

    /** The first row that does not follow from the one before it; empty when the log is whole. */
    public OptionalLong firstBroken() {
        return db.read(sql -> {
            var previous = BEGINNING;
            try (var rows = sql.selectFrom(AUDIT).orderBy(AUDIT.ID).fetchLazy()) {
                for (var row : rows) {
                    var expected = hash(
                            previous,
                            row.getAtTime(),
                            row.getTeamId(),
                            row.getActor(),
                            row.getAction(),
                            row.getObject(),
                            row.getOutcome(),
                            row.getAddress(),
                            row.getRequestId(),
                            row.getDetail());
                    if (!row.getPrevHash().equals(previous) || !row.getHash().equals(expected)) {
                        return OptionalLong.of(row.getId());
                    }
                    previous = row.getHash();
                }
            }
            return OptionalLong.empty();
        });
    }

    /** Newest first. */
    public List<Line> recent(TeamScope team, int limit) {
        return db.read(sql -> sql.selectFrom(AUDIT)
                .where(AUDIT.TEAM_ID.eq(team.teamId()))
                .orderBy(AUDIT.ID.desc())
                .limit(limit)
                .fetch(row -> new Line(
                        row.getId(),
                        Instant.parse(row.getAtTime()),
                        row.getActor(),
                        row.getAction(),
                        row.getObject(),
                        row.getOutcome(),
                        row.getDetail())));
    }

    /** One row of the log as people see it. */
    public record Line(
            long id,
            Instant at,
            String actor,
            String action,
            String object,
            String outcome,
            @Nullable String detail) {}

    private static void append(DSLContext sql, Act act, Instant now) {
        var previous = sql.select(AUDIT.HASH)
                .from(AUDIT)
                .orderBy(AUDIT.ID.desc())
                .limit(1)
                .fetchOptional(AUDIT.HASH)
                .orElse(BEGINNING);
        var at = now.toString();
        var team = act.team() == null ? null : act.team().teamId();
        var outcome = act.outcome().word();
        sql.insertInto(AUDIT)
                .set(AUDIT.AT_TIME, at)
                .set(AUDIT.TEAM_ID, team)
                .set(AUDIT.ACTOR, act.actor())
                .set(AUDIT.ACTION, act.action())
                .set(AUDIT.OBJECT, act.object())
                .set(AUDIT.OUTCOME, outcome)
                .set(AUDIT.ADDRESS, act.address())
                .set(AUDIT.REQUEST_ID, act.requestId())
                .set(AUDIT.DETAIL, act.detail())
                .set(AUDIT.PREV_HASH, previous)
                .set(
                        AUDIT.HASH,
                        hash(
                                previous,
                                at,
                                team,
                                act.actor(),
                                act.action(),
                                act.object(),
                                outcome,
                                act.address(),
                                act.requestId(),
                                act.detail()))
                .execute();
    }

    /** Length before text, so that no two rows give the same bytes. */
    private static String hash(String previous, @Nullable String... fields) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(previous.getBytes(StandardCharsets.US_ASCII));
            for (var field : fields) {
                var bytes = Objects.requireNonNullElse(field, "").getBytes(StandardCharsets.UTF_8);
                sha256.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                sha256.update(bytes);
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
