package dev.signalbox.accounts;

import dev.signalbox.secrets.Secret;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Hashes passwords one after another: each takes 20 MB, of a heap of 96, and a fifth of a second of one core, of two. Who
 * comes when too many wait is told so at once, and who waited too long.
 */
final class Passwords {
    /** Until then one of those who wait has had their turn. */
    static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private static final int AT_ONCE = 1;
    private static final int WAITING = 150;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RandomGenerator random;
    private final Semaphore places = new Semaphore(AT_ONCE + WAITING);
    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    Passwords(RandomGenerator random) {
        this.random = random;
    }

    /** Empty when too many wait. */
    Optional<PasswordHash> hash(Secret password) {
        return inTurn(() -> PasswordHash.of(password, random));
    }

    /** Whether it is the right one; empty when too many wait. */
    Optional<Boolean> matches(PasswordHash hash, Secret password) {
        return inTurn(() -> hash.matches(password));
    }

    PasswordHash ofNothing() {
        return PasswordHash.ofNothing(random);
    }

    /** Does this work when those who came before are done; empty when too many wait. */
    <T> Optional<T> inTurn(Supplier<T> work) {
        if (!places.tryAcquire()) return Optional.empty();
        try {
            if (!turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) return Optional.empty();
            try {
                return Optional.of(work.get());
            } finally {
                turns.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            places.release();
        }
    }
}
