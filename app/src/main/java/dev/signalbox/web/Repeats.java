package dev.signalbox.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells what the same token did with the same operation within a minute, so that it is written down once. */
final class Repeats {
    private static final Duration SPAN = Duration.ofMinutes(1);
    /** What falls out when there are more is written down again, which does no harm. */
    private static final int MOST = 1_000;

    private final Clock clock;
    private final Map<Key, Instant> begun = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Instant> eldest) {
            return size() > MOST;
        }
    };

    private record Key(String tokenId, String operation) {}

    Repeats(Clock clock) {
        this.clock = clock;
    }

    /** False for the first time in a minute. */
    synchronized boolean isRepeated(String tokenId, String operation) {
        var now = clock.instant();
        var key = new Key(tokenId, operation);
        var first = begun.get(key);
        if (first != null && now.isBefore(first.plus(SPAN))) return true;
        begun.remove(key);
        begun.put(key, now);
        return false;
    }
}
