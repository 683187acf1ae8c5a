package dev.signalbox.accounts;

import dev.signalbox.accounts.Audit.Act;
import dev.signalbox.accounts.Audit.Outcome;
import dev.signalbox.accounts.SessionStore.Limits;
import dev.signalbox.db.Db;
import dev.signalbox.secrets.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who is signed in, found by the cookie that their browser sends. */
public final class Sessions {
    /** Of one person: browsers that are forgotten do not pile up. */
    public static final int MOST = 20;

    private static final Duration IDLE = Duration.ofHours(12);
    private static final Duration LONGEST = Duration.ofDays(30);

    /** How stale "last seen" may be: a row is not written for every request. */
    private static final Duration USE_IS_NOTED_AFTER = Duration.ofMinutes(1);

    private final Db db;
    private final Clock clock;

    public Sessions(Db db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** Whose cookie this is; empty when it is unknown, ended, idle for 12 hours or 30 days old. Counts as use. */
    public Optional<Session> find(Secret cookie) {
        var now = clock.instant();
        var session = peek(cookie);
        session.filter(found -> found.seenAt().isBefore(now.minus(USE_IS_NOTED_AFTER)))
                .ifPresent(found -> db.changeUnlessFull(sql -> SessionStore.noteUse(sql, found, now)));
        return session;
    }

    /** {@link #find} for what goes on without the person: a page left open does not keep its session alive. */
    public Optional<Session> peek(Secret cookie) {
        var digest = Unguessable.digest(cookie);
        return db.read(sql -> SessionStore.find(sql, digest, limits(clock.instant())));
    }

    /** Where somebody is signed in, last seen first. */
    public List<Session> of(Person person) {
        return db.read(sql -> SessionStore.of(sql, person.id(), limits(clock.instant())));
    }

    /** Ends one of somebody's sessions; false when they have none of this id. */
    public boolean end(Person person, String sessionId) {
        var now = clock.instant();
        return db.write(sql -> {
            var session = SessionStore.findById(sql, sessionId, limits(now));
            if (!SessionStore.end(sql, person.id(), sessionId)) return false;
            session.ifPresent(ended -> Audit.append(sql, act(ended, "sessions.end", null), now));
            return true;
        });
    }

    /** Signs out. */
    public void end(Session session) {
        var now = clock.instant();
        db.change(sql -> {
            if (SessionStore.end(sql, session.person().id(), session.id())) {
                Audit.append(sql, act(session, "sessions.sign-out", session.address()), now);
            }
        });
    }

    /** Signs out everywhere but here. */
    public void endOthers(Session session) {
        var now = clock.instant();
        db.change(sql -> {
            int ended = SessionStore.endOthers(sql, session.person().id(), session.id());
            if (ended > 0) Audit.append(sql, act(session, "sessions.end-others", session.address()), now);
        });
    }

    static Limits limits(Instant now) {
        return new Limits(now.minus(IDLE), now.minus(LONGEST));
    }

    private static Act act(Session session, String action, @Nullable String address) {
        return new Act(
                session.caller().team(),
                session.person().name(),
                action,
                session.id(),
                Outcome.DONE,
                address,
                null,
                session.agent());
    }
}
