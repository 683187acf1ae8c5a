package dev.signalbox.accounts;

import dev.signalbox.MutableClock;
import dev.signalbox.db.Db;
import dev.signalbox.db.Ids;
import dev.signalbox.db.TestDb;
import dev.signalbox.secrets.Secret;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** Everything that knows people, on a real database, with a clock that goes on only when it is told to. */
final class Club implements AutoCloseable {
    static final Secret PASSWORD = new Secret("four unrelated words of hers");
    static final String EMAIL = "mara@acme.example";
    static final Visit VISIT = new Visit("192.0.2.7", "Firefox 144", "req_1");

    final MutableClock clock = new MutableClock();
    final Ids ids = new Ids(new SecureRandom());
    final Db db;
    People people;
    Sessions sessions;
    Members members;
    Invitations invitations;
    Accounts accounts;
    Audit audit;

    Club(Path directory) {
        this.db = TestDb.open(directory);
        restart();
    }

    /** What is in memory is gone. */
    void restart() {
        people = new People(db, clock, ids, new SecureRandom());
        sessions = new Sessions(db, clock);
        members = new Members(db, clock);
        invitations = new Invitations(db, clock, ids, people);
        accounts = new Accounts(db, clock, ids);
        audit = new Audit(db, clock);
    }

    /** Sets it up, with Mara as owner of Acme. */
    NewSession setUp() {
        var token = people.newSetupToken().orElseThrow();
        var done = people.setUp(token, "Acme", new NewPerson("Mara Lindqvist", EMAIL, PASSWORD), VISIT);
        if (done instanceof SetUp.Done(var session)) return session;
        throw new IllegalStateException(done.toString());
    }

    /** Somebody who joined by an invitation of this caller. */
    NewSession join(Caller by, String name, Role role) {
        var made = (Invite.Made) invitations.create(by, role, VISIT);
        var email = name.toLowerCase(java.util.Locale.ROOT) + "@acme.example";
        var joined = invitations.join(made.link(), new NewPerson(name, email, PASSWORD), VISIT);
        if (joined instanceof Join.Done(var session)) return session;
        throw new IllegalStateException(joined.toString());
    }

    SignIn signIn(String email, String password) {
        return signIn(email, password, null);
    }

    SignIn signIn(String email, String password, @Nullable Secret device) {
        return people.signIn(email, new Secret(password), device, VISIT);
    }

    /** The session as the next request would see it. */
    Session now(NewSession session) {
        return sessions.find(session.cookie()).orElseThrow();
    }

    @Override
    public void close() {
        db.close();
    }
}
