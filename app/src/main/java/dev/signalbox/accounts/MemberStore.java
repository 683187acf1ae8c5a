package dev.signalbox.accounts;

import static dev.signalbox.db.schema.tables.Members.MEMBERS;
import static dev.signalbox.db.schema.tables.People.PEOPLE;
import static dev.signalbox.db.schema.tables.Tokens.TOKENS;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectConditionStep;

/** Rows of who is in which team. */
final class MemberStore {
    private MemberStore() {}

    static List<Member> list(DSLContext sql, TeamScope team) {
        return select(sql, team).orderBy(MEMBERS.CREATED_AT, PEOPLE.NAME).fetch(MemberStore::member);
    }

    static Optional<Member> find(DSLContext sql, TeamScope team, String personId) {
        return select(sql, team).and(MEMBERS.PERSON_ID.eq(personId)).fetchOptional(MemberStore::member);
    }

    private static SelectConditionStep<Record> select(DSLContext sql, TeamScope team) {
        return sql.select()
                .from(MEMBERS)
                .join(PEOPLE)
                .on(PEOPLE.ID.eq(MEMBERS.PERSON_ID))
                .where(MEMBERS.TEAM_ID.eq(team.teamId()));
    }

    private static Member member(Record row) {
        return new Member(PersonStore.person(row), Role.of(row.get(MEMBERS.ROLE)), row.get(PEOPLE.SEEN_AT));
    }

    static int owners(DSLContext sql, TeamScope team) {
        return sql.fetchCount(sql.selectOne()
                .from(MEMBERS)
                .where(MEMBERS.TEAM_ID.eq(team.teamId()), MEMBERS.ROLE.eq(Role.OWNER.word())));
    }

    static void add(DSLContext sql, String teamId, String personId, Role role, Instant now) {
        sql.insertInto(MEMBERS)
                .set(MEMBERS.TEAM_ID, teamId)
                .set(MEMBERS.PERSON_ID, personId)
                .set(MEMBERS.ROLE, role.word())
                .set(MEMBERS.CREATED_AT, now)
                .execute();
    }

    static void changeRole(DSLContext sql, TeamScope team, String personId, Role role) {
        sql.update(MEMBERS)
                .set(MEMBERS.ROLE, role.word())
                .where(MEMBERS.TEAM_ID.eq(team.teamId()), MEMBERS.PERSON_ID.eq(personId))
                .execute();
    }

    static void remove(DSLContext sql, TeamScope team, String personId) {
        sql.deleteFrom(MEMBERS)
                .where(MEMBERS.TEAM_ID.eq(team.teamId()), MEMBERS.PERSON_ID.eq(personId))
                .execute();
    }

    static int revokeTokens(DSLContext sql, TeamScope team, String personId, Instant now) {
        return sql.update(TOKENS)
                .set(TOKENS.REVOKED_AT, now)
                .where(TOKENS.TEAM_ID.eq(team.teamId()), TOKENS.PERSON_ID.eq(personId), TOKENS.REVOKED_AT.isNull())
                .execute();
    }
}
