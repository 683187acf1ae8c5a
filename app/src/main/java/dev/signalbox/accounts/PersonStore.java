package dev.signalbox.accounts;

import static dev.signalbox.db.schema.tables.Members.MEMBERS;
import static dev.signalbox.db.schema.tables.Names.NAMES;
import static dev.signalbox.db.schema.tables.People.PEOPLE;

import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Rows of people, their names and their passwords. */
final class PersonStore {
    private PersonStore() {}

    /**
     * Somebody with what signing in needs.
     *
     * @param password the hash; null for somebody who has none
     * @param teamId the team they are in; null for somebody who was removed
     */
    record Known(
            Person person,
            @Nullable String password,
            @Nullable Instant disabledAt,
            @Nullable String teamId) {
        boolean isMember() {
            return teamId != null && disabledAt == null;
        }
    }

    static Optional<Known> findByEmail(DSLContext sql, String email) {
        return sql.select()
                .from(PEOPLE)
                .leftJoin(MEMBERS)
                .on(MEMBERS.PERSON_ID.eq(PEOPLE.ID))
                .where(PEOPLE.EMAIL.eq(email))
                .orderBy(MEMBERS.CREATED_AT)
                .limit(1)
                .fetchOptional(PersonStore::known);
    }

    static Optional<Known> find(DSLContext sql, String id) {
        return sql.select()
                .from(PEOPLE)
                .leftJoin(MEMBERS)
                .on(MEMBERS.PERSON_ID.eq(PEOPLE.ID))
                .where(PEOPLE.ID.eq(id))
                .orderBy(MEMBERS.CREATED_AT)
                .limit(1)
                .fetchOptional(PersonStore::known);
    }

    /** Who has been owner the longest. */
    static Optional<Known> firstOwner(DSLContext sql) {
        return sql.select()
                .from(PEOPLE)
                .join(MEMBERS)
                .on(MEMBERS.PERSON_ID.eq(PEOPLE.ID))
                .where(MEMBERS.ROLE.eq(Role.OWNER.word()))
                .orderBy(MEMBERS.CREATED_AT, PEOPLE.ID)
                .limit(1)
                .fetchOptional(PersonStore::known);
    }

    static boolean hasOwner(DSLContext sql) {
        return sql.fetchExists(sql.selectOne().from(MEMBERS).where(MEMBERS.ROLE.eq(Role.OWNER.word())));
    }

    /** Whether this name is free for them; nobody gets one that was ever somebody else's. */
    static boolean isFree(DSLContext sql, String name, String personId) {
        return !sql.fetchExists(sql.selectOne().from(NAMES).where(NAMES.NAME.eq(name), NAMES.PERSON_ID.ne(personId)));
    }

    static void insert(DSLContext sql, Person person, PasswordHash password, Instant now) {
        sql.insertInto(PEOPLE)
                .set(PEOPLE.ID, person.id())
                .set(PEOPLE.EMAIL, person.email())
                .set(PEOPLE.NAME, person.name())
                .set(PEOPLE.PASSWORD, password.toString())
                .set(PEOPLE.CREATED_AT, now)
                .execute();
        keepName(sql, person.id(), person.name());
    }

    static void rename(DSLContext sql, String id, String name) {
        sql.update(PEOPLE).set(PEOPLE.NAME, name).where(PEOPLE.ID.eq(id)).execute();
        keepName(sql, id, name);
    }

    private static void keepName(DSLContext sql, String id, String name) {
        sql.insertInto(NAMES)
                .set(NAMES.NAME, name)
                .set(NAMES.PERSON_ID, id)
                .onConflictDoNothing()
                .execute();
    }

    static void changePassword(DSLContext sql, String id, PasswordHash password) {
        sql.update(PEOPLE)
                .set(PEOPLE.PASSWORD, password.toString())
                .where(PEOPLE.ID.eq(id))
                .execute();
    }

    static Person person(Record row) {
        return new Person(row.get(PEOPLE.ID), row.get(PEOPLE.NAME), row.get(PEOPLE.EMAIL));
    }

    private static Known known(Record row) {
        return new Known(person(row), row.get(PEOPLE.PASSWORD), row.get(PEOPLE.DISABLED_AT), row.get(MEMBERS.TEAM_ID));
    }
}
