package dev.signalbox.accounts;

import dev.signalbox.db.Db;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;

/**
 * Who is in a team, and as what. Owners are made and changed by owners only; everybody else by admins and owners. What
 * somebody may is read again for each request, so a change holds from the next one on.
 */
public final class Members {
    private final Db db;
    private final Clock clock;

    public Members(Db db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** Who joined first comes first. */
    public List<Member> list(TeamScope team) {
        return db.read(sql -> MemberStore.list(sql, team));
    }

    /** Makes somebody more or less than they were. Open invitations that they could not make any longer end. */
    public Change changeRole(Caller by, String personId, Role role, Visit visit) {
        var now = clock.instant();
        return db.write(sql -> {
            var found = MemberStore.find(sql, by.team(), personId);
            if (found.isEmpty()) return new Change.NoSuchMember();
            var member = found.get();
            if (member.role() == role) return new Change.Done();
            var needed = stronger(Role.ADMIN, stronger(member.role(), role));
            if (!isAtLeast(sql, by, needed)) return new Change.RoleTooWeak(needed);
            if (isLastOwner(sql, by.team(), member)) return new Change.LastOwner();
            MemberStore.changeRole(sql, by.team(), personId, role);
            int ended = InvitationStore.revokeAbove(sql, by.team(), personId, role, now);
            Audit.append(
                    sql,
                    visit.act(
                            by.team(),
                            by.actor(),
                            "members.change-role",
                            member.person().name(),
                            member.role().word() + " to " + role.word() + "; invitations ended: " + ended),
                    now);
            return new Change.Done();
        });
    }

    /** Takes somebody out of the team: their sessions, tokens and open invitations end. Everybody may leave by themselves. */
    public Change remove(Caller by, String personId, Visit visit) {
        var now = clock.instant();
        return db.write(sql -> {
            var found = MemberStore.find(sql, by.team(), personId);
            if (found.isEmpty()) return new Change.NoSuchMember();
            var member = found.get();
            var needed = stronger(Role.ADMIN, member.role());
            if (!personId.equals(by.personId()) && !isAtLeast(sql, by, needed)) return new Change.RoleTooWeak(needed);
            if (isLastOwner(sql, by.team(), member)) return new Change.LastOwner();
            var ended = end(sql, by.team(), personId, now);
            Audit.append(
                    sql,
                    visit.act(
                            by.team(),
                            by.actor(),
                            "members.remove",
                            member.person().name(),
                            ended),
                    now);
            return new Change.Done();
        });
    }

    private static String end(DSLContext sql, TeamScope team, String personId, Instant now) {
        MemberStore.remove(sql, team, personId);
        return "ended: sessions " + SessionStore.endAll(sql, personId) + ", tokens "
                + MemberStore.revokeTokens(sql, team, personId, now) + ", invitations "
                + InvitationStore.revokeOf(sql, team, personId, now);
    }

    private static boolean isLastOwner(DSLContext sql, TeamScope team, Member member) {
        return member.role() == Role.OWNER && MemberStore.owners(sql, team) == 1;
    }

    /** The role as it is now, not as it was when the request came. */
    static boolean isAtLeast(DSLContext sql, Caller by, Role needed) {
        if (!by.role().covers(needed)) return false;
        return by.personId() == null
                || MemberStore.find(sql, by.team(), by.personId())
                        .filter(member -> member.role().covers(needed))
                        .isPresent();
    }

    static Role stronger(Role one, Role other) {
        return one.covers(other) ? one : other;
    }
}
