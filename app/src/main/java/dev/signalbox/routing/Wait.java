package dev.signalbox.routing;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what Traefik does by itself and tells nobody of. */
final class Wait {
    private static final Duration PAUSE = Duration.ofMillis(5);

    private Wait() {}

    /** False when the time ran out first. */
    static boolean until(BooleanSupplier condition, Duration atMost) throws InterruptedException {
        // Not by the clock, which may be set while we wait.
        var deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() >= deadline) return false;
            Thread.sleep(PAUSE);
        }
        return true;
    }
}
