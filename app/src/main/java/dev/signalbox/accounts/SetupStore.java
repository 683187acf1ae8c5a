package dev.signalbox.accounts;

import static dev.signalbox.db.schema.tables.SetupToken.SETUP_TOKEN;
import static dev.signalbox.db.schema.tables.Teams.TEAMS;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;

/** The one row of the set-up token, and what it makes. */
final class SetupStore {
    private SetupStore() {}

    record Token(String digest, Instant expiresAt) {
        boolean matches(String presented) {
            return MessageDigest.isEqual(
                    digest.getBytes(StandardCharsets.US_ASCII), presented.getBytes(StandardCharsets.US_ASCII));
        }
    }

    static Optional<Token> token(DSLContext sql) {
        return sql.selectFrom(SETUP_TOKEN).fetchOptional(row -> new Token(row.getDigest(), row.getExpiresAt()));
    }

    static void replaceToken(DSLContext sql, Token token, Instant now) {
        forgetToken(sql);
        sql.insertInto(SETUP_TOKEN)
                .set(SETUP_TOKEN.ID, 1L)
                .set(SETUP_TOKEN.DIGEST, token.digest())
                .set(SETUP_TOKEN.CREATED_AT, now)
                .set(SETUP_TOKEN.EXPIRES_AT, token.expiresAt())
                .execute();
    }

    static void forgetToken(DSLContext sql) {
        sql.deleteFrom(SETUP_TOKEN).execute();
    }

    /** Whether another team than this has the name. */
    static boolean isTeamNamed(DSLContext sql, String name, String teamId) {
        return sql.fetchExists(sql.selectOne().from(TEAMS).where(TEAMS.NAME.eq(name), TEAMS.ID.ne(teamId)));
    }

    static void nameTeam(DSLContext sql, String teamId, String name) {
        sql.update(TEAMS).set(TEAMS.NAME, name).where(TEAMS.ID.eq(teamId)).execute();
    }
}
