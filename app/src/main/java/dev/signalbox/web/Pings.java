package dev.signalbox.web;

import java.time.Duration;
import java.util.function.Supplier;

/** Tells a page that what it shows has changed; the page then asks for it again. */
final class Pings {
    /** Soon enough to be at once, seldom enough that a hundred who look on cost nothing. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private Pings() {}

    /** Stands for what a page shows, in the address of the stream that it listens to. */
    static String mark(Object picture) {
        return Integer.toHexString(picture.hashCode());
    }

    /**
     * Looks again and again until the answer ends.
     *
     * @param seen the mark of what the page has shown so far: it may be older than this stream
     */
    static void send(LiveAnswer answer, Supplier<?> picture, String seen) throws InterruptedException {
        var shown = seen;
        while (answer.isOpen()) {
            var now = mark(picture.get());
            if (!now.equals(shown)) answer.event("ping", now);
            shown = now;
            Thread.sleep(BETWEEN_LOOKS);
        }
    }
}
