package dev.signalbox.web;

import java.time.Duration;
import java.util.function.Supplier;

/** Tells a page that what it shows has changed; the page then asks for it again. */
final class Pings {
    /** Soon enough to be at once, where something changes. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    /** Where nothing has changed for a while; a hundred pages that are left open cost little. */
    private static final Duration BETWEEN_LOOKS_AT_REST = Duration.ofSeconds(2);

    private static final int LOOKS_UNTIL_REST = 20;

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
        int unchanged = 0;
        while (answer.isOpen()) {
            var now = mark(picture.get());
            unchanged = now.equals(shown) ? unchanged + 1 : 0;
            if (unchanged == 0) answer.event("ping", now);
            shown = now;
            Thread.sleep(unchanged < LOOKS_UNTIL_REST ? BETWEEN_LOOKS : BETWEEN_LOOKS_AT_REST);
        }
    }
}
