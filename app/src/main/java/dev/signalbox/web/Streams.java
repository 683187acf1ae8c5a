package dev.signalbox.web;

import dev.signalbox.accounts.Caller;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How many answers go on at once, in all and for each person: each holds a connection and a thread. Browsers and tokens of a
 * person count together, since one can have as many of them as one likes; a token of the team counts by itself.
 */
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

    synchronized Seat take(Caller caller) {
        if (all >= settings.streams()) {
            throw new Refusal(new Problem(
                    503, "too_many_streams", "Too many logs are followed at once. Try again later.", null, LATER));
        }
        var who = Objects.requireNonNullElse(caller.personId(), caller.tokenId());
        if (open.getOrDefault(who, 0) >= settings.streamsPerCaller()) throw new Refusal(tooMany(caller));
        all++;
        open.merge(who, 1, Integer::sum);
        return () -> giveBack(who);
    }

    private Problem tooMany(Caller caller) {
        var most = settings.streamsPerCaller();
        var message = caller.personId() == null
                ? "This token follows " + most + " logs already. End one of them first."
                : "You follow " + most + " logs and pages already, in all your browsers and with all your tokens."
                        + " Close one of them first.";
        return new Problem(429, "too_many_streams", message, null, LATER);
    }

    private synchronized void giveBack(String who) {
        all--;
        open.computeIfPresent(who, (_, count) -> count == 1 ? null : count - 1);
    }
}
