package dev.signalbox.deploys;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Asks a route ten times a second, whether it has answered before or not, until the switch is over. */
final class Measurement implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(100);
    /** Requests may be held for half a minute while what answers them starts. */
    private static final Duration PATIENCE = Duration.ofSeconds(35);

    private final Route route;
    private final Consumer<SwitchTally> whenDone;
    private final SwitchTally tally = new SwitchTally();
    private final ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch over = new CountDownLatch(1);
    private final long start = System.nanoTime();

    /** What is asked. */
    @FunctionalInterface
    interface Route {
        /** The status; empty when there was no answer within the time. */
        OptionalInt ask(Duration patience);
    }

    private Measurement(Route route, Consumer<SwitchTally> whenDone) {
        this.route = route;
        this.whenDone = whenDone;
    }

    /** @param whenDone is told once: when the last answer is there, or when nobody waits for it any more */
    static Measurement begin(Route route, Consumer<SwitchTally> whenDone) {
        var measurement = new Measurement(route, whenDone);
        Thread.ofVirtual().name("switch score").start(measurement::run);
        return measurement;
    }

    private void run() {
        try (asking) {
            long next = start;
            do {
                askOnceMore();
                next += EVERY.toNanos();
            } while (!over.await(next - System.nanoTime(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        whenDone.accept(tally);
    }

    private synchronized void askOnceMore() {
        if (!asking.isShutdown()) asking.execute(this::ask);
    }

    private void ask() {
        long asked = System.nanoTime();
        var status = route.ask(PATIENCE);
        tally.count(Duration.ofNanos(asked - start), status, Duration.ofNanos(System.nanoTime() - asked));
    }

    /** Nothing is asked after this. The answers that are still to come are waited for, but not by who calls this. */
    @Override
    public void close() {
        over.countDown();
    }

    /** Ends it at once, whatever is still to come. */
    synchronized void abandon() {
        over.countDown();
        asking.shutdownNow();
    }
}
