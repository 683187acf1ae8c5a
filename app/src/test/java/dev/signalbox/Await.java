package dev.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for something that happens elsewhere. */
final class Await {
    private static final Duration AT_MOST = Duration.ofSeconds(60);
    private static final long GLANCE_NANOS = 10_000_000;

    private Await() {}

    static void until(String what, Callable<Boolean> condition) throws Exception {
        var end = System.nanoTime() + AT_MOST.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime() - end).as("time left for: %s", what).isNegative();
            LockSupport.parkNanos(GLANCE_NANOS);
        }
    }
}
