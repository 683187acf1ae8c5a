package dev.signalbox.deploys;

import java.time.Duration;
import java.util.Locale;

/** Durations as people read them: {@code 0.31 s}, {@code 12 s}, {@code 3 min 5 s}. */
final class Took {
    private Took() {}

    static String since(long startNanos) {
        return of(Duration.ofNanos(System.nanoTime() - startNanos));
    }

    static String of(Duration duration) {
        var seconds = duration.toMillis() / 1000.0;
        if (seconds < 10) return String.format(Locale.ROOT, "%.2f s", seconds);
        if (seconds < 60) return Math.round(seconds) + " s";
        return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
}
