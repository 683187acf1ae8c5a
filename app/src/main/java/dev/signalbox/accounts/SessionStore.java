package dev.signalbox.accounts;

import static dev.signalbox.db.schema.tables.Members.MEMBERS;
import static dev.signalbox.db.schema.tables.People.PEOPLE;
import static dev.signalbox.db.schema.tables.Sessions.SESSIONS;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;

/** Rows of sessions, read together with whom they are and what they may at that moment. */
final class SessionStore {
    private SessionStore() {}

    static Optional<Session> find(DSLContext sql, String digest, Limits limits) {
        return select(sql, SESSIONS.DIGEST.eq(digest), limits).fetchOptional(SessionStore::session);
    }

    static Optional<Session> findById(DSLContext sql, String id, Limits limits) {
        return select(sql, SESSIONS.ID.eq(id), limits).fetchOptional(SessionStore::session);
    }

    /** Last seen first. */
    static List<Session> of(DSLContext sql, String personId, Limits limits) {
        return select(sql, SESSIONS.PERSON_ID.eq(personId), limits)
                .orderBy(SESSIONS.SEEN_AT.desc(), SESSIONS.ID)
                .fetch(SessionStore::session);
    }

    /** What was not used since the first, or begun before the second, is over. */
    record Limits(Instant idleSince, Instant begunBy) {}

    private static Condition isGood(Limits limits) {
        return SESSIONS.SEEN_AT.gt(limits.idleSince()).and(SESSIONS.STARTED_AT.gt(limits.begunBy()));
    }

    private static SelectConditionStep<Record> select(DSLContext sql, Condition which, Limits limits) {
        return sql.select()
                .from(SESSIONS)
                .join(PEOPLE)
                .on(PEOPLE.ID.eq(SESSIONS.PERSON_ID))
                .join(MEMBERS)
                .on(MEMBERS.PERSON_ID.eq(SESSIONS.PERSON_ID), MEMBERS.TEAM_ID.eq(SESSIONS.TEAM_ID))
                .where(which, isGood(limits), PEOPLE.DISABLED_AT.isNull());
    }

    private static Session session(Record row) {
        var person = PersonStore.person(row);
        var caller = new Caller(
                person.name(),
                row.get(SESSIONS.ID),
                new TeamScope(row.get(SESSIONS.TEAM_ID)),
                Role.of(row.get(MEMBERS.ROLE)),
                EnumSet.allOf(Scope.class),
                null,
                null,
                person.id());
        return new Session(
                row.get(SESSIONS.ID),
                person,
                caller,
                row.get(SESSIONS.AGENT),
                row.get(SESSIONS.ADDRESS),
                row.get(SESSIONS.STARTED_AT),
                row.get(SESSIONS.SEEN_AT),
                row.get(SESSIONS.CONFIRMED_AT));
    }

    static void insert(
            DSLContext sql, String id, String personId, String teamId, String digest, Visit visit, Instant now) {
        sql.insertInto(SESSIONS)
                .set(SESSIONS.ID, id)
                .set(SESSIONS.PERSON_ID, personId)
                .set(SESSIONS.TEAM_ID, teamId)
                .set(SESSIONS.DIGEST, digest)
                .set(SESSIONS.AGENT, visit.agent())
                .set(SESSIONS.ADDRESS, visit.address())
                .set(SESSIONS.STARTED_AT, now)
                .set(SESSIONS.SEEN_AT, now)
                .set(SESSIONS.CONFIRMED_AT, now)
                .execute();
        sql.update(PEOPLE)
                .set(PEOPLE.SEEN_AT, now)
                .where(PEOPLE.ID.eq(personId))
                .execute();
    }

    /** Another cookie for the same session; false when it has ended in the meantime. */
    static boolean confirm(DSLContext sql, String id, String digest, Instant now) {
        return sql.update(SESSIONS)
                        .set(SESSIONS.DIGEST, digest)
                        .set(SESSIONS.SEEN_AT, now)
                        .set(SESSIONS.CONFIRMED_AT, now)
                        .where(SESSIONS.ID.eq(id))
                        .execute()
                == 1;
    }

    static void noteUse(DSLContext sql, Session session, Instant now) {
        sql.update(SESSIONS)
                .set(SESSIONS.SEEN_AT, now)
                .where(SESSIONS.ID.eq(session.id()))
                .execute();
        sql.update(PEOPLE)
                .set(PEOPLE.SEEN_AT, now)
                .where(PEOPLE.ID.eq(session.person().id()))
                .execute();
    }

    static boolean end(DSLContext sql, String personId, String id) {
        return sql.deleteFrom(SESSIONS)
                        .where(SESSIONS.ID.eq(id), SESSIONS.PERSON_ID.eq(personId))
                        .execute()
                == 1;
    }

    static int endOthers(DSLContext sql, String personId, String id) {
        return sql.deleteFrom(SESSIONS)
                .where(SESSIONS.PERSON_ID.eq(personId), SESSIONS.ID.ne(id))
                .execute();
    }

    static int endAll(DSLContext sql, String personId) {
        return sql.deleteFrom(SESSIONS).where(SESSIONS.PERSON_ID.eq(personId)).execute();
    }

    static void forgetEnded(DSLContext sql, Limits limits) {
        sql.deleteFrom(SESSIONS).where(DSL.not(isGood(limits))).execute();
    }
}
