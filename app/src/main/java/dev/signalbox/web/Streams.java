package dev.signalbox.web;

import dev.signalbox.accounts.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
    private final List<Thread> writers = new ArrayList<>();
    private boolean ended;

    Streams(WebSettings settings) {
        this.settings = settings;
    }

    /** One that is open until it is closed, by the thread that took it. */
    interface Seat extends AutoCloseable {
        @Override
        void close();
    }

    synchronized Seat take(Caller caller) {
        if (ended || writers.size() >= settings.streams()) {
            throw new Refusal(new Problem(
                    503, "too_many_streams", "Too many logs are followed at once. Try again later.", null, LATER));
        }
        var who = Objects.requireNonNullElse(caller.personId(), caller.tokenId());
        if (open.getOrDefault(who, 0) >= settings.streamsPerCaller()) throw new Refusal(tooMany(caller));
        var writer = Thread.currentThread();
        writers.add(writer);
        open.merge(who, 1, Integer::sum);
        return () -> giveBack(who, writer);
    }

    private Problem tooMany(Caller caller) {
        var most = settings.streamsPerCaller();
        var message = caller.personId() == null
                ? "This token follows " + most + " logs already. End one of them first."
                : "You follow " + most + " logs and pages already, in all your browsers and with all your tokens."
                        + " Close one of them first.";
        return new Problem(429, "too_many_streams", message, null, LATER);
    }

    private synchronized void giveBack(String who, Thread writer) {
        writers.remove(writer);
        open.computeIfPresent(who, (_, count) -> count == 1 ? null : count - 1);
        notifyAll();
    }

    /** Ends all that go on and begins no other: what they read is closed after this. Those that do not end in time stay. */
    synchronized void end(Duration atMost) throws InterruptedException {
        ended = true;
        writers.forEach(Thread::interrupt);
        var deadline = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toMillis(); !writers.isEmpty() && left > 0; left = millisUntil(deadline)) wait(left);
    }

    private static long millisUntil(long deadline) {
        return (deadline - System.nanoTime()) / 1_000_000;
    }
}
