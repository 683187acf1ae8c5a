package dev.signalbox.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts requests per visitor or token in windows that begin with the first request. In memory: a restart begins anew,
 * which is no loss, since what is guessed at has 206 random bits.
 */
final class RateLimits {
    private static final int MOST_KEYS = 50_000;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

    private final Clock clock;
    private final ConcurrentHashMap<Key, Window> windows = new ConcurrentHashMap<>();
    private volatile Instant nextLook = Instant.MIN;

    RateLimits(Clock clock) {
        this.clock = clock;
    }

    /** How many requests in how long. */
    record Limit(String name, int requests, Duration window) {}

    /** Counts one request. */
    Standing count(Limit limit, String who) {
        var now = clock.instant();
        if (windows.size() >= MOST_KEYS) forgetWhatEnded(now);
        // Still full: many visitors at once. New ones share a window rather than memory without bound.
        var key = windows.size() >= MOST_KEYS ? new Key(limit.name(), "") : new Key(limit.name(), who);
        var window = windows.compute(
                key,
                (ignored, old) -> old == null || !old.end.isAfter(now)
                        ? new Window(1, now.plus(limit.window()))
                        : new Window(old.count + 1, old.end));
        return new Standing(limit, limit.requests() - window.count, Duration.between(now, window.end));
    }

    /** Looks through all windows, and so not for each of those who fill them. */
    private void forgetWhatEnded(Instant now) {
        if (now.isBefore(nextLook)) return;
        nextLook = now.plus(BETWEEN_LOOKS);
        windows.values().removeIf(window -> !window.end.isAfter(now));
    }

    /** Where a visitor stands after a request was counted. */
    record Standing(Limit limit, int remaining, Duration untilReset) {
        boolean isExceeded() {
            return remaining < 0;
        }

        /** Whole seconds, never zero. */
        Duration retryAfter() {
            return Duration.ofSeconds(untilReset.toSeconds() + 1);
        }

        String policyHeader() {
            return "\"" + limit.name() + "\";q=" + limit.requests() + ";w="
                    + limit.window().toSeconds();
        }

        String header() {
            return "\"" + limit.name() + "\";r=" + Math.max(0, remaining) + ";t="
                    + retryAfter().toSeconds();
        }
    }

    private record Key(String limit, String who) {}

    private record Window(int count, Instant end) {}
}
