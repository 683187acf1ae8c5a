package dev.signalbox.git;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A part of what may be received at the same time; given back once, at the end or before. */
final class Permit implements AutoCloseable {
    private final Semaphore all;
    private final int part;
    private final AtomicBoolean isHeld = new AtomicBoolean(true);

    private Permit(Semaphore all, int part) {
        this.all = all;
        this.part = part;
    }

    /** Empty when it did not become free in time. */
    static Optional<Permit> acquire(Semaphore all, int part, Duration patience) throws InterruptedException {
        boolean isFree = all.tryAcquire(part, patience.toMillis(), TimeUnit.MILLISECONDS);
        return isFree ? Optional.of(new Permit(all, part)) : Optional.empty();
    }

    @Override
    public void close() {
        if (isHeld.compareAndSet(true, false)) all.release(part);
    }
}
