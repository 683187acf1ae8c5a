package dev.signalbox.accounts;

import dev.signalbox.accounts.Audit.Act;
import dev.signalbox.accounts.Audit.Outcome;
import dev.signalbox.accounts.PersonStore.Known;
import dev.signalbox.accounts.Slowdown.Target;
import dev.signalbox.accounts.Slowdown.Verdict;
import dev.signalbox.accounts.WrongPasswordStore.Failures;
import dev.signalbox.db.Db;
import dev.signalbox.db.Ids;
import dev.signalbox.secrets.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Where people come in: their passwords are compared and their sessions begin. */
final class Desk {
    static final String UNKNOWN = "unknown";

    private final Db db;
    private final Clock clock;
    private final Ids ids;
    private final Passwords passwords;
    private final Slowdown slowdown;
    private final Unguessable unguessable;
    private final RowQuota strangers = new RowQuota(20, Duration.ofMinutes(10));

    Desk(Db db, Clock clock, Ids ids, RandomGenerator random) {
        this.db = db;
        this.clock = clock;
        this.ids = ids;
        this.passwords = new Passwords(random);
        this.slowdown = new Slowdown(db, clock, passwords, random);
        this.unguessable = new Unguessable(random);
    }

    /**
     * Somebody from outside, with an address and a password. A browser in which this person has signed in before is counted by
     * itself: strangers cannot hold it back.
     */
    Verdict checkVisitor(String email, Optional<Known> known, Secret password, @Nullable Secret device, Visit visit) {
        var target = known.map(found -> target(found, found.isMember())).orElse(Target.NOBODY);
        var counted = known.flatMap(found -> Device.name(found, device))
                .map(name -> "device " + name)
                .orElseGet(() -> visitor(email));
        return slowdown.attempt(counted, target, password, failures -> refusal(email, known, failures, visit));
    }

    /** The same for somebody who was removed from the team and has a new way in. */
    Verdict checkReturning(Known known, Secret password, Visit visit) {
        var email = known.person().email();
        return slowdown.attempt(
                visitor(email),
                target(known, known.disabledAt() == null),
                password,
                failures -> refusal(email, Optional.of(known), failures, visit));
    }

    /** Somebody who is signed in and types the password again. */
    Verdict checkAgain(Session session, Secret password, Visit visit) {
        var person = session.person();
        var known = db.read(sql -> PersonStore.find(sql, person.id()));
        return slowdown.attempt(
                "confirm " + person.id(),
                known.map(found -> target(found, found.isMember())).orElse(Target.NOBODY),
                password,
                failures -> Optional.of(visit.refused(
                        session.caller().team(), person.name(), "sessions.confirm", session.id(), describe(failures))));
    }

    private static Target target(Known known, boolean mayEnter) {
        return new Target(known.person().id(), mayEnter ? known.password() : null);
    }

    private Optional<Act> refusal(String email, Optional<Known> known, Failures failures, Visit visit) {
        var team = known.map(Known::teamId).map(TeamScope::new);
        if (team.isPresent()) {
            return Optional.of(visit.refused(team.get(), UNKNOWN, "sessions.sign-in", email, describe(failures)));
        }
        // What was typed is not kept: people type passwords into the wrong field.
        var leftOut = strangers.admit(failures.lastAt());
        if (leftOut.isEmpty()) return Optional.empty();
        var detail = leftOut.getAsInt() == 0
                ? describe(failures)
                : describe(failures) + "; " + leftOut.getAsInt() + " more before it were not written down";
        return Optional.of(visit.refused(null, UNKNOWN, "sessions.sign-in", "an address that nobody here has", detail));
    }

    private static String describe(Failures failures) {
        var pause = Slowdown.pause(failures);
        var times = "wrong password, " + failures.count() + " in a row";
        return pause.isZero() ? times : times + "; held back for " + pause.toSeconds() + " s";
    }

    Optional<PasswordHash> hash(Secret password) {
        return passwords.hash(password);
    }

    static Flaw busy() {
        return new Flaw(
                "password",
                "Too many people sign in at this moment. Nothing was changed. Try again in "
                        + Passwords.RETRY_AFTER.toSeconds() + " s.");
    }

    Secret unguessable() {
        return unguessable.next();
    }

    /** Begins a session; the person must be in the team. */
    NewSession begin(DSLContext sql, String personId, String teamId, Visit visit, Instant now) {
        var cookie = unguessable.next();
        var id = ids.next("ses");
        var limits = Sessions.limits(now);
        SessionStore.forgetEnded(sql, limits);
        SessionStore.of(sql, personId, limits).stream()
                .skip(Sessions.MOST - 1)
                .forEach(unused -> endUnused(sql, unused, visit, now));
        SessionStore.insert(sql, id, personId, teamId, Unguessable.digest(cookie), visit, now);
        return shown(sql, cookie, SessionStore.findById(sql, id, limits).orElseThrow());
    }

    private static void endUnused(DSLContext sql, Session session, Visit visit, Instant now) {
        SessionStore.end(sql, session.person().id(), session.id());
        var detail = "it was the least used of " + Sessions.MOST + ", and there came one more";
        Audit.append(
                sql,
                visit.act(session.caller().team(), session.person().name(), "sessions.end", session.id(), detail),
                now);
    }

    /** Lets a session go on under another cookie, as one in which the password was just typed; empty when it has ended. */
    Optional<NewSession> renewCookie(DSLContext sql, Session session, Instant now) {
        var cookie = unguessable.next();
        if (!SessionStore.confirm(sql, session.id(), Unguessable.digest(cookie), now)) return Optional.empty();
        return SessionStore.findById(sql, session.id(), Sessions.limits(now))
                .map(renewed -> shown(sql, cookie, renewed));
    }

    private NewSession shown(DSLContext sql, Secret cookie, Session session) {
        var device = PersonStore.find(sql, session.person().id())
                .flatMap(known -> Device.text(known, unguessable.next()))
                .orElseThrow();
        return new NewSession(cookie, device, session);
    }

    /** A hash of earlier days is made anew while the password is at hand. */
    void renew(Known known, Secret password) {
        if (known.password() == null || !PasswordHash.parse(known.password()).isOutdated()) return;
        passwords
                .hash(password)
                .ifPresent(hash -> db.change(
                        sql -> PersonStore.changePassword(sql, known.person().id(), hash)));
    }

    /** Another password, by somebody who needs none: nobody who is signed in stays so, and nothing holds them back. */
    void reset(DSLContext sql, Known known, PasswordHash password) {
        var person = known.person();
        PersonStore.changePassword(sql, person.id(), password);
        SessionStore.endAll(sql, person.id());
        WrongPasswordStore.forget(sql, Unguessable.digest(visitor(person.email())));
        var team = known.teamId() == null ? null : new TeamScope(known.teamId());
        Audit.append(
                sql,
                new Act(team, People.ROOT, "people.reset-password", person.email(), Outcome.DONE, null, null, null),
                clock.instant());
    }

    private static String visitor(String email) {
        return "sign-in " + email;
    }

    Instant now() {
        return clock.instant();
    }
}
