package dev.signalbox.accounts;

import dev.signalbox.accounts.PersonStore.Known;
import dev.signalbox.accounts.Slowdown.Verdict;
import dev.signalbox.db.Db;
import dev.signalbox.db.Ids;
import dev.signalbox.secrets.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jooq.DSLContext;

/** Links by which people come into a team; each works once and for seven days. */
public final class Invitations {
    private static final Duration LIFE = Duration.ofDays(7);

    private final Db db;
    private final Clock clock;
    private final Ids ids;
    private final Desk desk;

    public Invitations(Db db, Clock clock, Ids ids, People people) {
        this.db = db;
        this.clock = clock;
        this.ids = ids;
        this.desk = people.desk();
    }

    /** Makes a link for somebody who is to have this role. Nobody invites to more than they are. */
    public Invite create(Caller by, Role role, Visit visit) {
        var link = desk.unguessable();
        var now = clock.instant();
        var invitation = new Invitation(ids.next("inv"), role, by.actor(), now, now.plus(LIFE));
        return db.write(sql -> {
            var needed = Members.stronger(Role.ADMIN, role);
            if (!Members.isAtLeast(sql, by, needed)) return new Invite.RoleTooWeak(needed);
            InvitationStore.insert(sql, invitation, by, Unguessable.digest(link));
            Audit.append(
                    sql,
                    visit.act(by.team(), by.actor(), "invitations.create", invitation.id(), "role: " + role.word()),
                    now);
            return new Invite.Made(invitation, link);
        });
    }

    /** The ones that still work, newest first, without their links. */
    public List<Invitation> list(TeamScope team) {
        return db.read(sql -> InvitationStore.open(sql, team, clock.instant()));
    }

    /** Ends a link at once; false when the team has no open one of this id, or the caller could not have made it. */
    public boolean revoke(Caller by, String id, Visit visit) {
        var now = clock.instant();
        return db.write(sql -> {
            var invitation = InvitationStore.open(sql, by.team(), now).stream()
                    .filter(open -> open.id().equals(id))
                    .findFirst();
            if (invitation.isEmpty()) return false;
            var needed = Members.stronger(Role.ADMIN, invitation.get().role());
            if (!Members.isAtLeast(sql, by, needed)) return false;
            InvitationStore.revoke(sql, by.team(), id, now);
            Audit.append(sql, visit.act(by.team(), by.actor(), "invitations.revoke", id, null), now);
            return true;
        });
    }

    /** The invitation behind a link, while it works. */
    public Optional<Invitation> find(Secret link) {
        return db.read(sql -> InvitationStore.find(sql, Unguessable.digest(link), clock.instant()))
                .map(InvitationStore.Way::invitation);
    }

    /** What whoever holds a link is told, while it works. */
    public Optional<Welcome> welcome(Secret link) {
        return db.read(sql -> InvitationStore.find(sql, Unguessable.digest(link), clock.instant())
                .map(way -> new Welcome(way.invitation(), AccountStore.teamName(sql, way.team()))));
    }

    /**
     * An invitation as its reader sees it.
     *
     * @param team what the team is called that it leads into
     */
    public record Welcome(Invitation invitation, String team) {}

    /**
     * Takes somebody into the team and signs them in. Whoever was here before and was removed comes back under their old
     * name, with the password that they had.
     */
    public Join join(Secret link, NewPerson typed, Visit visit) {
        if (find(link).isEmpty()) return new Join.Gone();
        var candidate = Candidate.of(typed);
        var known = db.read(sql -> PersonStore.findByEmail(sql, candidate.email()));
        return known.isPresent()
                ? joinAgain(link, candidate.password(), known.get(), visit)
                : joinFirst(link, candidate, visit);
    }

    private Join joinFirst(Secret link, Candidate candidate, Visit visit) {
        var person = new Person(ids.next("per"), candidate.name(), candidate.email());
        var flaw = candidate.flaw().or(() -> db.read(sql -> flawInNew(sql, person)));
        if (flaw.isPresent()) return new Join.Flawed(flaw.get());
        var password = desk.hash(candidate.password());
        if (password.isEmpty()) return new Join.Flawed(Desk.busy());
        return enter(link, person, visit, (sql, now) -> {
            var late = flawInNew(sql, person);
            if (late.isEmpty()) PersonStore.insert(sql, person, password.get(), now);
            return late;
        });
    }

    private static Optional<Flaw> flawInNew(DSLContext sql, Person person) {
        if (PersonStore.findByEmail(sql, person.email()).isPresent()) return Optional.of(addressKnown());
        return PersonStore.isFree(sql, person.name(), person.id())
                ? Optional.empty()
                : Optional.of(PersonRules.nameTaken(person.name()));
    }

    private Join joinAgain(Secret link, Secret password, Known known, Visit visit) {
        var person = known.person();
        return switch (desk.checkReturning(known, password, visit)) {
            case Verdict.Right() -> enter(link, person, visit, (sql, now) -> flawInKnown(sql, person));
            case Verdict.Wrong() -> new Join.Flawed(addressKnown());
            case Verdict.Wait(var remaining) -> new Join.Flawed(addressKnown());
            case Verdict.Busy(var retryAfter) -> new Join.Flawed(Desk.busy());
        };
    }

    private static Optional<Flaw> flawInKnown(DSLContext sql, Person person) {
        var known = PersonStore.find(sql, person.id());
        if (known.filter(Known::isMember).isPresent()) {
            return Optional.of(
                    new Flaw("email", "You are in the team already. The link still works. Sign in instead."));
        }
        return known.filter(found -> found.disabledAt() == null).isPresent()
                ? Optional.empty()
                : Optional.of(addressKnown());
    }

    private static Flaw addressKnown() {
        return new Flaw(
                "email",
                "Somebody here has or had this address. If it is yours, type the password that belongs to it,"
                        + " or use another address. The link still works.");
    }

    /** One transaction: the link is used when the person is in, and else it is not. */
    private Join enter(
            Secret link, Person person, Visit visit, BiFunction<DSLContext, Instant, Optional<Flaw>> prepare) {
        var now = clock.instant();
        return db.write(sql -> {
            var way = InvitationStore.find(sql, Unguessable.digest(link), now);
            if (way.isEmpty()) return new Join.Gone();
            var flaw = prepare.apply(sql, now);
            if (flaw.isPresent()) return new Join.Flawed(flaw.get());
            var invitation = way.get().invitation();
            var team = way.get().team();
            MemberStore.add(sql, team.teamId(), person.id(), invitation.role(), now);
            InvitationStore.use(sql, invitation.id(), now);
            var detail = "role: " + invitation.role().word() + "; invited by " + invitation.by();
            Audit.append(sql, visit.act(team, person.name(), "invitations.use", invitation.id(), detail), now);
            return new Join.Done(desk.begin(sql, person.id(), team.teamId(), visit, now));
        });
    }
}
