package dev.signalbox.git;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** One of the few seats for pushes that are being received; given back once, at the end or before. */
final class Permit implements AutoCloseable {
    private final Semaphore seats;
    private final AtomicBoolean isHeld = new AtomicBoolean(true);

    private Permit(Semaphore seats) {
        this.seats = seats;
    }

    /** Empty when no seat became free in time. */
    static Optional<Permit> acquire(Semaphore seats, Duration patience) throws InterruptedException {
        boolean isSeated = seats.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        return isSeated ? Optional.of(new Permit(seats)) : Optional.empty();
    }

    @Override
    public void close() {
        if (isHeld.compareAndSet(true, false)) seats.release();
    }
}
