package dev.signalbox.accounts;

import static dev.signalbox.db.schema.tables.Members.MEMBERS;
import static dev.signalbox.db.schema.tables.People.PEOPLE;
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
import org.jspecify.annotations.Nullable;

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

    static String teamName(DSLContext sql, TeamScope team) {
        return sql.select(TEAMS.NAME)
                .from(TEAMS)
                .where(TEAMS.ID.eq(team.teamId()))
                .fetchOptional(TEAMS.NAME)
                .orElseThrow();
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
                .set(TOKENS.PERSON_ID, request.personId())
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

    /** A person's token may no more than the person may now, and nothing when they are gone. */
    static Optional<KnownToken> findToken(DSLContext sql, String id) {
        return sql.select()
                .from(TOKENS)
                .leftJoin(PEOPLE)
                .on(PEOPLE.ID.eq(TOKENS.PERSON_ID), PEOPLE.DISABLED_AT.isNull())
                .leftJoin(MEMBERS)
                .on(MEMBERS.PERSON_ID.eq(PEOPLE.ID), MEMBERS.TEAM_ID.eq(TOKENS.TEAM_ID))
                .where(TOKENS.ID.eq(id))
                .and(TOKENS.PERSON_ID.isNull().or(MEMBERS.PERSON_ID.isNotNull()))
                .fetchOptional(row -> {
                    var caller = new Caller(
                            "token " + row.get(TOKENS.NAME),
                            row.get(TOKENS.ID),
                            new TeamScope(row.get(TOKENS.TEAM_ID)),
                            weaker(Role.of(row.get(TOKENS.ROLE)), row.get(MEMBERS.ROLE)),
                            scopes(row.get(TOKENS.SCOPES)),
                            row.get(TOKENS.SERVICE_ID),
                            row.get(TOKENS.EXPIRES_AT),
                            row.get(TOKENS.PERSON_ID));
                    return new KnownToken(
                            row.get(TOKENS.ID),
                            caller,
                            row.get(TOKENS.DIGEST),
                            row.get(TOKENS.USED_AT),
                            row.get(TOKENS.REVOKED_AT));
                });
    }

    private static Role weaker(Role ofToken, @Nullable String ofPerson) {
        if (ofPerson == null) return ofToken;
        var role = Role.of(ofPerson);
        return ofToken.covers(role) ? role : ofToken;
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
                        row.getPersonId(),
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
