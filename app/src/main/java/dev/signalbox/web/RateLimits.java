package dev.signalbox.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Counts requests per visitor, token or session in windows that begin with the first request. In memory: a restart begins
 * anew, which is no loss, since what is guessed at has 206 random bits.
 *
 * <p>Memory is bounded, and who fills it holds up their own neighbours: a newcomer for whose address there is no room is
 * counted with those of the network around it, and then of a wider one. Tokens and sessions have room of their own, where no
 * stranger comes.
 */
final class RateLimits {
    private static final int MOST_WINDOWS = 50_000;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

    private final Clock clock;
    private final Room known = new Room();
    private final List<Room> visitors =
            Stream.generate(Room::new).limit(ClientAddress.NETWORKS).toList();
    private final Room others = new Room();

    RateLimits(Clock clock) {
        this.clock = clock;
    }

    /** How many requests in how long. */
    record Limit(String name, int requests, Duration window) {}

    /** Counts a request with a token or of a session. */
    Standing count(Limit limit, String id) {
        var now = clock.instant();
        var key = new Key(limit.name(), id);
        return known.hasRoom(key, now) ? known.count(limit, key, now) : countOther(limit, "known", now);
    }

    /** Counts a request of who is nobody here, by the address that it came from. */
    Standing countVisitor(Limit limit, String address) {
        var now = clock.instant();
        var networks = ClientAddress.networks(address);
        for (int i = 0; i < networks.size(); i++) {
            var room = visitors.get(i);
            var key = new Key(limit.name(), networks.get(i));
            if (room.hasRoom(key, now)) return room.count(limit, key, now);
        }
        return countOther(limit, "visitor", now);
    }

    /** Together with all for whom there is no room. */
    private Standing countOther(Limit limit, String kind, Instant now) {
        return others.count(limit, new Key(limit.name(), kind), now);
    }

    /** Windows of names of one kind. */
    private static final class Room {
        private final ConcurrentHashMap<Key, Window> windows = new ConcurrentHashMap<>();
        private volatile Instant nextLook = Instant.MIN;

        /** Who is counted here stays so until the window ends, however many come. */
        boolean hasRoom(Key key, Instant now) {
            if (windows.size() < MOST_WINDOWS || windows.containsKey(key)) return true;
            forgetWhatEnded(now);
            return windows.size() < MOST_WINDOWS;
        }

        /** Looks through all windows, and so not for each of those who fill them. */
        private void forgetWhatEnded(Instant now) {
            if (now.isBefore(nextLook)) return;
            nextLook = now.plus(BETWEEN_LOOKS);
            windows.values().removeIf(window -> !window.end.isAfter(now));
        }

        Standing count(Limit limit, Key key, Instant now) {
            var window = windows.compute(
                    key,
                    (ignored, old) -> old == null || !old.end.isAfter(now)
                            ? new Window(1, now.plus(limit.window()))
                            : new Window(old.count + 1, old.end));
            return new Standing(limit, limit.requests() - window.count, Duration.between(now, window.end));
        }
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
