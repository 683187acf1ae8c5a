package dev.signalbox.web;

import dev.signalbox.logs.DeploymentLog;
import dev.signalbox.logs.DeploymentLog.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What a page about a deployment listens to: new lines of its log, a few at once, and a ping when anything else has
 * changed. One stream for both, since a browser keeps few of them open.
 */
final class DeploymentStream implements Reply.Writer {
    private static final Duration BEAT = Duration.ofMillis(100);
    /** Of the beats, every fifth looks whether the page is still right. */
    private static final int LOOKS_EVERY = 5;

    private static final int MOST_AT_ONCE = 500;
    /** Longer than any deployment may take. */
    private static final Duration AT_MOST = Duration.ofHours(2);

    private final DeploymentLog log;
    private final long after;
    private final Supplier<?> picture;
    private final BooleanSupplier isSettled;
    private final LogReading reading;
    private String seen;
    /** A client that reads slowly holds up its own reader and nobody else. */
    private final BlockingQueue<Entry> waiting = new ArrayBlockingQueue<>(4 * MOST_AT_ONCE);

    /**
     * The stream of one page.
     *
     * @param after the number of the last line that the page has
     * @param picture what the page shows beside the log
     * @param seen the mark of what it has shown so far
     * @param isSettled whether nothing will change any more
     */
    DeploymentStream(
            DeploymentLog log,
            long after,
            Supplier<?> picture,
            String seen,
            BooleanSupplier isSettled,
            LogReading reading) {
        this.log = log;
        this.after = after;
        this.picture = picture;
        this.seen = seen;
        this.isSettled = isSettled;
        this.reading = reading;
    }

    @Override
    public void write(LiveAnswer answer) throws InterruptedException {
        var follower = Thread.ofVirtual().name("deployment-log").start(this::follow);
        try {
            for (int beat = 0; answer.isOpen(); beat++) {
                var hasEnded = !follower.isAlive();
                passOn(answer);
                if (beat % LOOKS_EVERY == 0) {
                    var settled = isSettled.getAsBoolean();
                    ping(answer);
                    if (settled && hasEnded && waiting.isEmpty()) {
                        answer.event("over", "over");
                        return;
                    }
                }
                Thread.sleep(BEAT);
            }
        } finally {
            follower.interrupt();
        }
    }

    private void follow() {
        try {
            log.follow(after + 1, this::put, AT_MOST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void put(Entry entry) {
        try {
            waiting.put(entry);
        } catch (InterruptedException e) {
            // The log sees it when it waits for more.
            Thread.currentThread().interrupt();
        }
    }

    private void passOn(LiveAnswer answer) {
        var entries = new ArrayList<Entry>();
        while (waiting.drainTo(entries, MOST_AT_ONCE) > 0) {
            var html = new StringBuilder();
            for (var entry : entries) {
                if (LogReading.says(entry)) html.append(reading.read(entry).html());
            }
            answer.lines(entries.getLast().number(), html.toString());
            entries.clear();
        }
    }

    private void ping(LiveAnswer answer) {
        var now = Pings.mark(picture.get());
        if (!now.equals(seen)) answer.event("ping", now);
        seen = now;
    }
}
