package dev.signalbox.web;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** How many answers go on at once, for each token and in all: each holds a connection and a thread. */
final class Streams {
    private static final Duration LATER = Duration.ofSeconds(30);

    private final WebSettings settings;
    private final Map<String, Integer> open = new HashMap<>();
    private int all;

    Streams(WebSettings settings) {
        this.settings = settings;
    }

    /** One that is open until it is closed. */
    interface Seat extends AutoCloseable {
        @Override
        void close();
    }

    synchronized Seat take(String tokenId) {
        if (all >= settings.streams()) {
            throw new Refusal(new Problem(
                    503, "too_many_streams", "Too many logs are followed at once. Try again later.", null, LATER));
        }
        if (open.getOrDefault(tokenId, 0) >= settings.streamsPerToken()) {
            throw new Refusal(new Problem(
                    429,
                    "too_many_streams",
                    "This token follows " + settings.streamsPerToken() + " logs already. End one of them first.",
                    null,
                    LATER));
        }
        all++;
        open.merge(tokenId, 1, Integer::sum);
        return () -> giveBack(tokenId);
    }

    private synchronized void giveBack(String tokenId) {
        all--;
        open.computeIfPresent(tokenId, (token, count) -> count == 1 ? null : count - 1);
    }
}
