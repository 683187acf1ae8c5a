package dev.signalbox.accounts;

import dev.signalbox.accounts.Audit.Act;
import dev.signalbox.accounts.Audit.Outcome;
import dev.signalbox.accounts.Slowdown.Verdict;
import dev.signalbox.db.Db;
import dev.signalbox.db.Ids;
import dev.signalbox.secrets.Secret;
import java.time.Clock;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** The people of this appliance: how the first one comes to be, how they sign in, and what they change about themselves. */
public final class People {
    /** Whoever gives commands on the machine itself, in the audit log. */
    static final String ROOT = "root on this machine";

    private static final int GROUPS = 5;
    private static final int GROUP = 5;

    private final Db db;
    private final Ids ids;
    private final Desk desk;
    private final Founding founding;

    public People(Db db, Clock clock, Ids ids, RandomGenerator random) {
        this.db = db;
        this.ids = ids;
        this.desk = new Desk(db, clock, ids, random);
        this.founding = new Founding(db, ids, desk);
    }

    /** Where the doors of this package find what lets people in. */
    Desk desk() {
        return desk;
    }

    /** Whether there is an owner. Cheap: every request asks it. */
    public boolean isSetUp() {
        return founding.isDone();
    }

    /** A token for the set-up, good for 30 minutes; it replaces the earlier one. Empty once the appliance is set up. */
    public Optional<Secret> newSetupToken() {
        return founding.newToken();
    }

    /** Whether this token opens the set-up now. */
    public boolean isSetupToken(Secret token) {
        return founding.isToken(token);
    }

    /** Makes the first owner and signs them in; the first team gets this name. */
    public SetUp setUp(Secret token, String teamName, NewPerson owner, Visit visit) {
        return founding.setUp(token, teamName, owner, visit);
    }

    /** Makes the first owner for root on this machine, without a link and without signing them in. */
    public FirstOwner createOwner(String teamName, NewPerson owner) {
        return founding.create(teamName, owner);
    }

    /** A password that nobody guesses and that can be typed from paper. */
    public Secret newPassword() {
        return new Secret(Stream.generate(() -> ids.random(GROUP)).limit(GROUPS).collect(Collectors.joining("-")));
    }

    /**
     * Signs somebody in. Whoever was signed in with the same browser before is to be signed out by the caller.
     *
     * @param device what the browser got when somebody signed in with it before; null for nothing
     */
    public SignIn signIn(String email, Secret password, @Nullable Secret device, Visit visit) {
        var address = PersonRules.email(email);
        var known = db.read(sql -> PersonStore.findByEmail(sql, address));
        return switch (desk.checkVisitor(address, known, password, device, visit)) {
            case Verdict.Right() -> {
                var found = known.orElseThrow();
                desk.renew(found, password);
                yield db.write(sql -> begin(sql, found.person().id(), visit));
            }
            case Verdict.Wrong() -> new SignIn.Wrong();
            case Verdict.Wait(var remaining) -> new SignIn.Wait(remaining);
            case Verdict.Busy(var retryAfter) -> new SignIn.Busy(retryAfter);
        };
    }

    /** They may have been removed while their password was compared. */
    private SignIn begin(DSLContext sql, String personId, Visit visit) {
        var known = PersonStore.find(sql, personId).filter(PersonStore.Known::isMember);
        if (known.isEmpty() || known.get().teamId() == null) return new SignIn.Wrong();
        var now = desk.now();
        var session = desk.begin(sql, personId, known.get().teamId(), visit, now);
        var caller = session.session().caller();
        Audit.append(
                sql,
                visit.act(caller.team(), caller.actor(), "sessions.sign-in", caller.tokenId(), visit.agent()),
                now);
        return new SignIn.Done(session);
    }

    /** Lets somebody who is signed in prove again who they are. The session goes on under another cookie. */
    public SignIn confirm(Session session, Secret password, Visit visit) {
        return switch (desk.checkAgain(session, password, visit)) {
            case Verdict.Right() -> db.write(sql -> renewCookie(sql, session, visit));
            case Verdict.Wrong() -> new SignIn.Wrong();
            case Verdict.Wait(var remaining) -> new SignIn.Wait(remaining);
            case Verdict.Busy(var retryAfter) -> new SignIn.Busy(retryAfter);
        };
    }

    private SignIn renewCookie(DSLContext sql, Session session, Visit visit) {
        var now = desk.now();
        var renewed = desk.renewCookie(sql, session, now);
        if (renewed.isEmpty()) return new SignIn.Wrong();
        Audit.append(
                sql,
                visit.act(
                        session.caller().team(),
                        session.person().name(),
                        "sessions.confirm",
                        session.id(),
                        visit.agent()),
                now);
        return new SignIn.Done(renewed.get());
    }

    /**
     * Changes a password, ends the person's other sessions, and lets this one go on under another cookie: a password is
     * changed when somebody else may have been here, and they may have a copy of the cookie too.
     */
    public PasswordChange changePassword(Session session, Secret current, Secret wanted, Visit visit) {
        var person = session.person();
        var refused = switch (desk.checkAgain(session, current, visit)) {
            case Verdict.Right() -> PasswordPolicy.flaw(wanted, person.name(), person.email());
            case Verdict.Wrong() -> flaw("This is not your password until now. Nothing was changed. Try again.");
            case Verdict.Wait(var remaining) ->
                flaw("It was wrong several times. Nothing was changed. Try again in " + (remaining.toSeconds() + 1)
                        + " s.");
            case Verdict.Busy(var retryAfter) -> Optional.of(Desk.busy());
        };
        if (refused.isPresent()) return new PasswordChange.Flawed(refused.get());
        var hash = desk.hash(wanted);
        if (hash.isEmpty()) return new PasswordChange.Flawed(Desk.busy());
        return db.write(sql -> changePassword(sql, session, hash.get(), visit));
    }

    private PasswordChange changePassword(DSLContext sql, Session session, PasswordHash hash, Visit visit) {
        var person = session.person();
        var now = desk.now();
        if (SessionStore.findById(sql, session.id(), Sessions.limits(now)).isEmpty()) {
            return new PasswordChange.Flawed(new Flaw(
                    "current", "You were signed out here meanwhile. Nothing was changed. Sign in and try again."));
        }
        PersonStore.changePassword(sql, person.id(), hash);
        var renewed = desk.renewCookie(sql, session, now).orElseThrow();
        int ended = SessionStore.endOthers(sql, person.id(), session.id());
        Audit.append(
                sql,
                visit.act(
                        session.caller().team(),
                        person.name(),
                        "people.change-password",
                        person.email(),
                        "other sessions ended: " + ended),
                now);
        return new PasswordChange.Done(renewed);
    }

    /** Changes how a person is called from now on; what the audit log says of them until now stays. */
    public Optional<Flaw> rename(Session session, String name) {
        var wanted = PersonRules.name(name);
        var flaw = PersonRules.flawInName(wanted);
        if (flaw.isPresent()) return flaw;
        var person = session.person();
        return db.write(sql -> {
            if (!PersonStore.isFree(sql, wanted, person.id())) return Optional.of(PersonRules.nameTaken(wanted));
            PersonStore.rename(sql, person.id(), wanted);
            Audit.append(
                    sql,
                    new Act(
                            session.caller().team(),
                            person.name(),
                            "people.rename",
                            wanted,
                            Outcome.DONE,
                            session.address(),
                            null,
                            null),
                    desk.now());
            return Optional.empty();
        });
    }

    /** Gives the first owner a new password and ends their sessions, for root on this machine. Empty before the set-up. */
    public Optional<NewPassword> resetOwner() {
        var owner = db.read(PersonStore::firstOwner);
        if (owner.isEmpty()) return Optional.empty();
        var password = newPassword();
        var hash = desk.hash(password)
                .orElseThrow(() -> new IllegalStateException("too many people sign in at this moment"));
        db.change(sql -> desk.reset(sql, owner.get(), hash));
        return Optional.of(new NewPassword(owner.get().person().email(), password));
    }

    private static Optional<Flaw> flaw(String message) {
        return Optional.of(new Flaw("current", message));
    }
}
