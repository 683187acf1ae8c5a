package dev.signalbox.deploys;

import java.time.Duration;
import java.time.Instant;

/**
 * How often the containers of a deployment fell lately. Docker starts a fallen one again at once, a few times; after that,
 * and for what Docker leaves alone, the pause grows with every fall.
 */
record Falls(int count, Instant last) {
    static final Falls NONE = new Falls(0, Instant.EPOCH);

    private static final int CRASHING = 5;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final Duration FORGIVEN_AFTER = Duration.ofMinutes(10);

    Falls another(Instant now) {
        return new Falls(now.isBefore(last.plus(FORGIVEN_AFTER)) ? count + 1 : 1, now);
    }

    /** The first fall may be an accident, and is made up for at once. */
    private Duration pause() {
        if (count <= 1) return Duration.ZERO;
        var pause = Duration.ofSeconds(1L << Math.min(count - 2, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    /** When it may be started again, or be said to stand. */
    boolean isPauseOver(Instant now) {
        return !now.isBefore(last.plus(pause()));
    }

    /** Until a few seconds after its pause. */
    boolean isFresh(Instant now) {
        return now.isBefore(last.plus(pause()).plusSeconds(5));
    }

    boolean isCrashing() {
        return count >= CRASHING;
    }
}
