package dev.signalbox.accounts;

import static dev.signalbox.db.schema.tables.Teams.TEAMS;
import static dev.signalbox.db.schema.tables.Tokens.TOKENS;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.signalbox.accounts.Accounts.TokenLine;
import dev.signalbox.accounts.Accounts.TokenRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;

/** Rows of teams and tokens. */
final class AccountStore {
    private AccountStore() {}

    static Optional<String> firstTeam(DSLContext sql) {
        return sql.select(TEAMS.ID)
                .from(TEAMS)
                .orderBy(TEAMS.CREATED_AT, TEAMS.ID)
                .limit(1)
                .fetchOptional(TEAMS.ID);
    }

    static Optional<String> findTeam(DSLContext sql, String name) {
        return sql.select(TEAMS.ID).from(TEAMS).where(TEAMS.NAME.eq(name)).fetchOptional(TEAMS.ID);
    }

    static String insertTeam(DSLContext sql, String id, String name, Instant now) {
        sql.insertInto(TEAMS)
                .set(TEAMS.ID, id)
                .set(TEAMS.NAME, name)
                .set(TEAMS.CREATED_AT, now)
                .execute();
        return id;
    }

    static void insertToken(
            DSLContext sql, TeamScope team, TokenMint.Minted minted, TokenRequest request, Instant now) {
        sql.insertInto(TOKENS)
                .set(TOKENS.ID, minted.id())
                .set(TOKENS.TEAM_ID, team.teamId())
                .set(TOKENS.SERVICE_ID, request.serviceId())
                .set(TOKENS.NAME, request.name())
                .set(TOKENS.ROLE, request.role().word())
                .set(
                        TOKENS.SCOPES,
                        request.scopes().stream().map(Scope::word).sorted().collect(joining(" ")))
                .set(TOKENS.DIGEST, minted.digest())
                .set(TOKENS.CREATED_AT, now)
                .set(TOKENS.EXPIRES_AT, request.expiresAt())
                .execute();
    }

    static Optional<KnownToken> findToken(DSLContext sql, String id) {
        return sql.selectFrom(TOKENS).where(TOKENS.ID.eq(id)).fetchOptional(row -> {
            var caller = new Caller(
                    "token " + row.getName(),
                    row.getId(),
                    new TeamScope(row.getTeamId()),
                    Role.of(row.getRole()),
                    scopes(row.getScopes()),
                    row.getServiceId(),
                    row.getExpiresAt());
            return new KnownToken(row.getId(), caller, row.getDigest(), row.getUsedAt(), row.getRevokedAt());
        });
    }

    static List<TokenLine> tokens(DSLContext sql, TeamScope team) {
        return sql.selectFrom(TOKENS)
                .where(TOKENS.TEAM_ID.eq(team.teamId()))
                .orderBy(TOKENS.CREATED_AT.desc(), TOKENS.ID)
                .fetch(row -> new TokenLine(
                        row.getId(),
                        row.getName(),
                        Role.of(row.getRole()),
                        scopes(row.getScopes()),
                        row.getCreatedAt(),
                        row.getExpiresAt(),
                        row.getUsedAt(),
                        row.getRevokedAt()));
    }

    static boolean revokeToken(DSLContext sql, TeamScope team, String id, Instant now) {
        return sql.update(TOKENS)
                        .set(TOKENS.REVOKED_AT, now)
                        .where(TOKENS.ID.eq(id), TOKENS.TEAM_ID.eq(team.teamId()), TOKENS.REVOKED_AT.isNull())
                        .execute()
                == 1;
    }

    static void noteUse(DSLContext sql, String id, Instant now) {
        sql.update(TOKENS).set(TOKENS.USED_AT, now).where(TOKENS.ID.eq(id)).execute();
    }

    private static Set<Scope> scopes(String words) {
        return Arrays.stream(words.split(" ", -1))
                .flatMap(word -> Scope.parse(word).stream())
                .collect(toUnmodifiableSet());
    }
}
