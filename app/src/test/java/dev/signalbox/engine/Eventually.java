package dev.signalbox.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something that happens elsewhere. */
public final class Eventually {
    private static final Duration GLANCE = Duration.ofMillis(5);

    private Eventually() {}

    public static void within(Duration limit, String what, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("time left for: %s", what).isNegative();
            LockSupport.parkNanos(GLANCE.toNanos());
        }
    }
}
