package dev.signalbox.accounts;

import static dev.signalbox.db.schema.tables.WrongPasswords.WRONG_PASSWORDS;

import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** How often in a row a password was wrong, per account. */
final class WrongPasswordStore {
    /** Of addresses that nobody has; the oldest make room. Those of people are never pushed out. */
    private static final int MOST_OF_NOBODY = 10_000;

    private WrongPasswordStore() {}

    record Failures(long count, Instant lastAt) {
        static final Failures NONE = new Failures(0, Instant.EPOCH);
    }

    static Failures find(DSLContext sql, String account) {
        return sql.selectFrom(WRONG_PASSWORDS)
                .where(WRONG_PASSWORDS.ACCOUNT.eq(account))
                .fetchOptional(row -> new Failures(row.getFailures(), row.getLastAt()))
                .orElse(Failures.NONE);
    }

    static void save(DSLContext sql, String account, @Nullable String personId, Failures failures) {
        sql.insertInto(WRONG_PASSWORDS)
                .set(WRONG_PASSWORDS.ACCOUNT, account)
                .set(WRONG_PASSWORDS.PERSON_ID, personId)
                .set(WRONG_PASSWORDS.FAILURES, failures.count())
                .set(WRONG_PASSWORDS.LAST_AT, failures.lastAt())
                .onConflict(WRONG_PASSWORDS.ACCOUNT)
                .doUpdate()
                .set(WRONG_PASSWORDS.PERSON_ID, personId)
                .set(WRONG_PASSWORDS.FAILURES, failures.count())
                .set(WRONG_PASSWORDS.LAST_AT, failures.lastAt())
                .execute();
        if (personId == null) makeRoom(sql);
    }

    private static void makeRoom(DSLContext sql) {
        var tooOld = sql.select(WRONG_PASSWORDS.LAST_AT)
                .from(WRONG_PASSWORDS)
                .where(WRONG_PASSWORDS.PERSON_ID.isNull())
                .orderBy(WRONG_PASSWORDS.LAST_AT.desc())
                .limit(1)
                .offset(MOST_OF_NOBODY);
        Optional.ofNullable(tooOld.fetchOne(WRONG_PASSWORDS.LAST_AT))
                .ifPresent(oldest -> sql.deleteFrom(WRONG_PASSWORDS)
                        .where(WRONG_PASSWORDS.PERSON_ID.isNull(), WRONG_PASSWORDS.LAST_AT.le(oldest))
                        .execute());
    }

    static void forgetBefore(DSLContext sql, Instant moment) {
        sql.deleteFrom(WRONG_PASSWORDS)
                .where(WRONG_PASSWORDS.LAST_AT.lt(moment))
                .execute();
    }

    static void forget(DSLContext sql, String account) {
        sql.deleteFrom(WRONG_PASSWORDS)
                .where(WRONG_PASSWORDS.ACCOUNT.eq(account))
                .execute();
    }
}
