package dev.signalbox.accounts;

import static dev.signalbox.db.schema.tables.Audit.AUDIT;

import dev.signalbox.accounts.Audit.Act;
import dev.signalbox.accounts.Audit.Line;
import dev.signalbox.accounts.Audit.Page;
import dev.signalbox.accounts.Audit.Query;
import dev.signalbox.db.schema.tables.records.AuditRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.SortField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Rows of the log, each hashed together with the one before it. */
final class AuditStore {
    private AuditStore() {}

    /** A place in the chain: a row and its hash. */
    record Link(long id, String hash) {
        static final Link BEGINNING = new Link(0, "0".repeat(64));
    }

    /** A piece of the chain that was followed, up to its end or to the first row that is not what it should be. */
    record Chain(long rows, Link end, @Nullable Long firstBroken) {}

    static Chain follow(DSLContext sql, Link from, int limit) {
        var end = from;
        long rows = 0;
        for (var row : sql.selectFrom(AUDIT)
                .where(AUDIT.ID.gt(from.id()))
                .orderBy(AUDIT.ID)
                .limit(limit)
                .fetch()) {
            if (!row.getPrevHash().equals(end.hash()) || !row.getHash().equals(hash(end.hash(), row))) {
                return new Chain(rows, end, row.getId());
            }
            end = new Link(row.getId(), row.getHash());
            rows++;
        }
        return new Chain(rows, end, null);
    }

    static void append(DSLContext sql, Act act, Instant now) {
        var previous = sql.select(AUDIT.HASH)
                .from(AUDIT)
                .orderBy(AUDIT.ID.desc())
                .limit(1)
                .fetchOptional(AUDIT.HASH)
                .orElse(Link.BEGINNING.hash());
        var row = sql.newRecord(AUDIT);
        row.setAtTime(now.toString());
        row.setTeamId(act.team() == null ? null : act.team().teamId());
        row.setActor(act.actor());
        row.setAction(act.action());
        row.setObject(act.object());
        row.setOutcome(act.outcome().word());
        row.setAddress(act.address());
        row.setRequestId(act.requestId());
        row.setDetail(act.detail());
        row.setPrevHash(previous);
        row.setHash(hash(previous, row));
        sql.insertInto(AUDIT).set(row).execute();
    }

    /**
     * The team's rows and, when they are asked for, those of no team: each found by an index, then put in order.
     *
     * @param searched so many rows of each are looked at for a text
     */
    static Page page(DSLContext sql, TeamScope team, Query query, int searched) {
        var ofTeam = AUDIT.TEAM_ID.eq(team.teamId());
        var scopes = query.withMachine() ? List.of(ofTeam, AUDIT.TEAM_ID.isNull()) : List.of(ofTeam);
        var isForward = query.newerThan() != null;
        var newestFirst = Comparator.comparingLong(Line::id).reversed();
        // What comes first stops both: beyond it, rows of one would be shown and those of the other be missing.
        var end = scopes.stream()
                .flatMap(whose -> end(sql, whose, query, searched).stream())
                .min(isForward ? Comparator.naturalOrder() : Comparator.reverseOrder());
        var lines = scopes.stream()
                .flatMap(whose -> lines(sql, whose, query, end).stream())
                .sorted(isForward ? newestFirst.reversed() : newestFirst)
                .limit(query.limit())
                .sorted(newestFirst)
                .toList();
        if (end.isEmpty() || lines.size() == query.limit()) return new Page(lines, null);
        return new Page(lines, isForward ? end.get() - 1 : end.get() + 1);
    }

    private static List<Line> lines(DSLContext sql, Condition whose, Query query, Optional<Long> end) {
        return sql.selectFrom(AUDIT)
                .where(whose, isAmong(query), isFound(query))
                .and(end.map(id -> isBefore(id, query)).orElse(DSL.noCondition()))
                .orderBy(order(query))
                .limit(query.limit())
                .fetch(AuditStore::line);
    }

    /** The first row that is not looked at for a text, so that it is not a million of them; empty when all are. */
    private static Optional<Long> end(DSLContext sql, Condition whose, Query query, int searched) {
        if (query.text().isBlank()) return Optional.empty();
        return sql.select(AUDIT.ID)
                .from(AUDIT)
                .where(whose, isAmong(query))
                .orderBy(order(query))
                .limit(1)
                .offset(searched)
                .fetchOptional(AUDIT.ID);
    }

    private static SortField<Long> order(Query query) {
        return query.newerThan() == null ? AUDIT.ID.desc() : AUDIT.ID.asc();
    }

    private static Condition isBefore(long end, Query query) {
        return query.newerThan() == null ? AUDIT.ID.gt(end) : AUDIT.ID.lt(end);
    }

    private static Condition isAmong(Query query) {
        if (query.newerThan() != null) return AUDIT.ID.gt(query.newerThan());
        return query.olderThan() == null ? DSL.noCondition() : AUDIT.ID.lt(query.olderThan());
    }

    private static Condition isFound(Query query) {
        var outcome = query.outcome() == null
                ? DSL.noCondition()
                : AUDIT.OUTCOME.eq(query.outcome().word());
        if (query.text().isBlank()) return outcome;
        var text = query.text().strip();
        return outcome.and(
                AUDIT.ACTOR.contains(text).or(AUDIT.ACTION.contains(text)).or(AUDIT.OBJECT.contains(text)));
    }

    private static Line line(AuditRecord row) {
        return new Line(
                row.getId(),
                Instant.parse(row.getAtTime()),
                row.getActor(),
                row.getAction(),
                row.getObject(),
                row.getOutcome(),
                row.getAddress(),
                row.getDetail());
    }

    private static String hash(String previous, AuditRecord row) {
        return hash(
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
