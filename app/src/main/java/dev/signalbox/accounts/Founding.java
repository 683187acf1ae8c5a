package dev.signalbox.accounts;

import dev.signalbox.accounts.Audit.Act;
import dev.signalbox.accounts.Audit.Outcome;
import dev.signalbox.db.Db;
import dev.signalbox.db.Ids;
import dev.signalbox.secrets.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jooq.DSLContext;

/** The first owner: made once, by whoever holds the token that only root on this machine can have printed. */
final class Founding {
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(30);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Db db;
    private final Ids ids;
    private final Desk desk;
    /** One at a time: of fifty at once the first makes the owner, and the others are not worth a hash. */
    private final ReentrantLock turn = new ReentrantLock(true);

    private volatile boolean isDone;

    Founding(Db db, Ids ids, Desk desk) {
        this.db = db;
        this.ids = ids;
        this.desk = desk;
    }

    /** Never false again once it was true: the last owner cannot leave. */
    boolean isDone() {
        if (!isDone) isDone = db.read(PersonStore::hasOwner);
        return isDone;
    }

    Optional<Secret> newToken() {
        var token = desk.unguessable();
        var now = desk.now();
        return db.write(sql -> {
            if (PersonStore.hasOwner(sql)) return Optional.empty();
            SetupStore.replaceToken(sql, new SetupStore.Token(Unguessable.digest(token), now.plus(TOKEN_LIFE)), now);
            Audit.append(
                    sql,
                    new Act(null, People.ROOT, "setup.token", "this machine", Outcome.DONE, null, null, null),
                    now);
            return Optional.of(token);
        });
    }

    boolean isToken(Secret token) {
        return db.read(sql -> check(sql, token, desk.now())).isEmpty();
    }

    /** The reason against it, if there is one. */
    private static Optional<SetUp> check(DSLContext sql, Secret presented, Instant now) {
        if (PersonStore.hasOwner(sql)) return Optional.of(new SetUp.AlreadySetUp());
        var token = SetupStore.token(sql);
        if (token.isEmpty() || !token.get().matches(Unguessable.digest(presented))) {
            return Optional.of(new SetUp.TokenInvalid());
        }
        return now.isBefore(token.get().expiresAt()) ? Optional.empty() : Optional.of(new SetUp.TokenExpired());
    }

    SetUp setUp(Secret token, String teamName, NewPerson typed, Visit visit) {
        if (!takeTurn()) return new SetUp.Flawed(Desk.busy());
        try {
            return setUpAlone(token, PersonRules.name(teamName), Candidate.of(typed), visit);
        } finally {
            turn.unlock();
        }
    }

    /** For root on this machine, who needs no token and is not signed in by it. */
    FirstOwner create(String teamName, NewPerson typed) {
        if (!takeTurn()) return new FirstOwner.Flawed(Desk.busy());
        try {
            return createAlone(PersonRules.name(teamName), Candidate.of(typed));
        } finally {
            turn.unlock();
        }
    }

    private boolean takeTurn() {
        try {
            return turn.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private FirstOwner createAlone(String teamName, Candidate owner) {
        if (isDone()) return new FirstOwner.AlreadySetUp();
        var flaw = PersonRules.flawInTeam(teamName).or(owner::flaw);
        if (flaw.isPresent()) return new FirstOwner.Flawed(flaw.get());
        var password = desk.hash(owner.password());
        if (password.isEmpty()) return new FirstOwner.Flawed(Desk.busy());
        return db.write(sql -> {
            var taken = flawAmongTeams(sql, teamName);
            if (taken.isPresent()) return new FirstOwner.Flawed(taken.get());
            var now = desk.now();
            var made = insert(sql, teamName, owner, password.get(), now);
            var team = new TeamScope(made.teamId());
            Audit.append(
                    sql,
                    new Act(team, People.ROOT, "setup.complete", teamName, Outcome.DONE, null, null, owner.email()),
                    now);
            return new FirstOwner.Made(owner.email());
        });
    }

    private SetUp setUpAlone(Secret token, String teamName, Candidate owner, Visit visit) {
        var refused = db.read(sql -> check(sql, token, desk.now()));
        if (refused.isPresent()) return refused.get();
        var flaw = PersonRules.flawInTeam(teamName).or(owner::flaw);
        if (flaw.isPresent()) return new SetUp.Flawed(flaw.get());
        var password = desk.hash(owner.password());
        if (password.isEmpty()) return new SetUp.Flawed(Desk.busy());
        return db.write(sql -> make(sql, token, teamName, owner, password.get(), visit));
    }

    private SetUp make(
            DSLContext sql, Secret token, String teamName, Candidate owner, PasswordHash password, Visit visit) {
        var now = desk.now();
        var refused = check(sql, token, now);
        if (refused.isPresent()) return refused.get();
        var taken = flawAmongTeams(sql, teamName);
        if (taken.isPresent()) return new SetUp.Flawed(taken.get());
        var made = insert(sql, teamName, owner, password, now);
        Audit.append(
                sql,
                visit.act(
                        new TeamScope(made.teamId()), made.person().name(), "setup.complete", teamName, visit.agent()),
                now);
        return new SetUp.Done(desk.begin(sql, made.person().id(), made.teamId(), visit, now));
    }

    private static Optional<Flaw> flawAmongTeams(DSLContext sql, String teamName) {
        var first = AccountStore.firstTeam(sql).orElse("");
        return SetupStore.isTeamNamed(sql, teamName, first)
                ? Optional.of(
                        new Flaw("team", "There is another team named " + teamName + " here. Choose another name."))
                : Optional.empty();
    }

    private record Founded(String teamId, Person person) {}

    /** What ends the time without an owner; the first team gets this name. */
    private Founded insert(DSLContext sql, String teamName, Candidate owner, PasswordHash password, Instant now) {
        var teamId = AccountStore.firstTeam(sql)
                .orElseGet(() -> AccountStore.insertTeam(sql, ids.next("team"), teamName, now));
        SetupStore.nameTeam(sql, teamId, teamName);
        var person = new Person(ids.next("per"), owner.name(), owner.email());
        PersonStore.insert(sql, person, password, now);
        MemberStore.add(sql, teamId, person.id(), Role.OWNER, now);
        SetupStore.forgetToken(sql);
        return new Founded(teamId, person);
    }
}
