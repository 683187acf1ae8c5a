package dev.signalbox.accounts;

import static dev.signalbox.db.schema.tables.Invitations.INVITATIONS;

import dev.signalbox.db.schema.tables.records.InvitationsRecord;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;

/** Rows of invitations. */
final class InvitationStore {
    private InvitationStore() {}

    /** An invitation with the team that it leads into. */
    record Way(Invitation invitation, TeamScope team) {}

    static void insert(DSLContext sql, Invitation invitation, Caller by, String digest) {
        sql.insertInto(INVITATIONS)
                .set(INVITATIONS.ID, invitation.id())
                .set(INVITATIONS.TEAM_ID, by.team().teamId())
                .set(INVITATIONS.ROLE, invitation.role().word())
                .set(INVITATIONS.DIGEST, digest)
                .set(INVITATIONS.PERSON_ID, by.personId())
                .set(INVITATIONS.INVITED_BY, invitation.by())
                .set(INVITATIONS.CREATED_AT, invitation.createdAt())
                .set(INVITATIONS.EXPIRES_AT, invitation.expiresAt())
                .execute();
    }

    /** Newest first. */
    static List<Invitation> open(DSLContext sql, TeamScope team, Instant now) {
        return sql.selectFrom(INVITATIONS)
                .where(INVITATIONS.TEAM_ID.eq(team.teamId()), isOpen(now))
                .orderBy(INVITATIONS.CREATED_AT.desc(), INVITATIONS.ID)
                .fetch(InvitationStore::invitation);
    }

    static Optional<Way> find(DSLContext sql, String digest, Instant now) {
        return sql.selectFrom(INVITATIONS)
                .where(INVITATIONS.DIGEST.eq(digest), isOpen(now))
                .fetchOptional(row -> new Way(invitation(row), new TeamScope(row.getTeamId())));
    }

    private static Condition isOpen(Instant now) {
        return INVITATIONS.USED_AT.isNull().and(INVITATIONS.REVOKED_AT.isNull()).and(INVITATIONS.EXPIRES_AT.gt(now));
    }

    static void use(DSLContext sql, String id, Instant now) {
        sql.update(INVITATIONS)
                .set(INVITATIONS.USED_AT, now)
                .where(INVITATIONS.ID.eq(id))
                .execute();
    }

    static boolean revoke(DSLContext sql, TeamScope team, String id, Instant now) {
        return revoke(sql, team, INVITATIONS.ID.eq(id), now) == 1;
    }

    static int revokeOf(DSLContext sql, TeamScope team, String personId, Instant now) {
        return revoke(sql, team, INVITATIONS.PERSON_ID.eq(personId), now);
    }

    /** Those that somebody of this role could not make. */
    static int revokeAbove(DSLContext sql, TeamScope team, String personId, Role role, Instant now) {
        if (!role.covers(Role.ADMIN)) return revokeOf(sql, team, personId, now);
        var above = Arrays.stream(Role.values())
                .filter(other -> !role.covers(other))
                .map(Role::word)
                .toList();
        return revoke(sql, team, INVITATIONS.PERSON_ID.eq(personId).and(INVITATIONS.ROLE.in(above)), now);
    }

    private static int revoke(DSLContext sql, TeamScope team, Condition which, Instant now) {
        return sql.update(INVITATIONS)
                .set(INVITATIONS.REVOKED_AT, now)
                .where(INVITATIONS.TEAM_ID.eq(team.teamId()), which, isOpen(now))
                .execute();
    }

    private static Invitation invitation(InvitationsRecord row) {
        return new Invitation(
                row.getId(), Role.of(row.getRole()), row.getInvitedBy(), row.getCreatedAt(), row.getExpiresAt());
    }
}
