package dev.signalbox;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;

/** Figures of measurements, and how they are printed. */
final class Figures {
    private Figures() {}

    static double millis(Callable<?> act) throws Exception {
        var start = System.nanoTime();
        act.call();
        return millis(Duration.ofNanos(System.nanoTime() - start));
    }

    static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    static double median(double... figures) {
        var sorted = figures.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** One row of the table in docs/BENCHMARKS.md. */
    static void row(String what, String figures) {
        System.out.println("| " + what + " | " + figures + " |");
    }
}
