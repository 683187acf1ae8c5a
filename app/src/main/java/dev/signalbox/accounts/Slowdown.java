package dev.signalbox.accounts;

import dev.signalbox.accounts.Audit.Act;
import dev.signalbox.accounts.WrongPasswordStore.Failures;
import dev.signalbox.db.Db;
import dev.signalbox.secrets.Secret;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares passwords, ever more slowly for an account with wrong ones: from the third in a row on, the next one is looked at
 * after 2^n seconds, at most a quarter of an hour. It is a pause and no lock: nothing has to be undone by anybody, and it
 * holds for one way in. Who is signed in stays so, and typing the password again there has a count of its own, as has every
 * browser in which the person has signed in before.
 *
 * <p>During the pause the right password waits too. Else the answer would tell it from a wrong one, and the pause would cost
 * a guesser nothing. Addresses that nobody has are counted alike, so that a pause tells nothing about them.
 *
 * <p>Passwords for one account are compared one after another: fifty at once are not fifty guesses.
 */
final class Slowdown {
    private static final int FREE_FAILURES = 3;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);
    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LOCKS = 64;

    private final Db db;
    private final Clock clock;
    private final Passwords passwords;
    private final PasswordHash nothing;
    /** So that nobody can choose an address that shares somebody's lock. */
    private final String salt;

    private final ReentrantLock[] locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(ReentrantLock[]::new);

    Slowdown(Db db, Clock clock, Passwords passwords, RandomGenerator random) {
        this.db = db;
        this.clock = clock;
        this.passwords = passwords;
        this.nothing = passwords.ofNothing();
        this.salt = Long.toHexString(random.nextLong());
    }

    /**
     * What a password is compared with.
     *
     * @param personId null when there is nobody
     * @param password the hash; null for nobody, and for somebody who may not come in
     */
    record Target(@Nullable String personId, @Nullable String password) {
        static final Target NOBODY = new Target(null, null);
    }

    /** How the comparison ended. */
    sealed interface Verdict {
        record Right() implements Verdict {}

        record Wrong() implements Verdict {}

        record Wait(Duration remaining) implements Verdict {}

        record Busy(Duration retryAfter) implements Verdict {}
    }

    /**
     * Compares a password.
     *
     * @param account what is counted: an address, a browser that is known, or a person who is signed in
     * @param refusal what the audit log says of the n-th wrong one in a row; empty to say nothing
     */
    Verdict attempt(String account, Target target, Secret password, Function<Failures, Optional<Act>> refusal) {
        var key = Unguessable.digest(account);
        var lock = locks[Math.floorMod((salt + key).hashCode(), LOCKS)];
        try {
            if (!lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) return busy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return busy();
        }
        try {
            return attemptAlone(key, target, password, refusal);
        } finally {
            lock.unlock();
        }
    }

    private Verdict attemptAlone(
            String key, Target target, Secret password, Function<Failures, Optional<Act>> refusal) {
        var before = fresh(db.read(sql -> WrongPasswordStore.find(sql, key)));
        var remaining = Duration.between(clock.instant(), before.lastAt().plus(pause(before)));
        if (remaining.isPositive()) return new Verdict.Wait(remaining);
        var hash = target.password() == null ? nothing : PasswordHash.parse(target.password());
        var matches = passwords.matches(hash, password);
        if (matches.isEmpty()) return busy();
        if (matches.get()) {
            if (before.count() > 0) db.change(sql -> WrongPasswordStore.forget(sql, key));
            return new Verdict.Right();
        }
        countFailure(key, target, new Failures(before.count() + 1, clock.instant()), refusal);
        return new Verdict.Wrong();
    }

    private void countFailure(String key, Target target, Failures failures, Function<Failures, Optional<Act>> refusal) {
        db.change(sql -> {
            WrongPasswordStore.forgetBefore(sql, failures.lastAt().minus(FORGOTTEN_AFTER));
            WrongPasswordStore.save(sql, key, target.personId(), failures);
            refusal.apply(failures).ifPresent(act -> Audit.append(sql, act, failures.lastAt()));
        });
    }

    private Failures fresh(Failures failures) {
        return failures.lastAt().plus(FORGOTTEN_AFTER).isBefore(clock.instant()) ? Failures.NONE : failures;
    }

    /** After which the next password is looked at. */
    static Duration pause(Failures failures) {
        if (failures.count() < FREE_FAILURES) return Duration.ZERO;
        var pause = Duration.ofSeconds(1L << Math.min(failures.count(), 20));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private static Verdict busy() {
        return new Verdict.Busy(Passwords.RETRY_AFTER);
    }
}
