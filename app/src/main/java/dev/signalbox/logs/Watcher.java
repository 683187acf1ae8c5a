package dev.signalbox.logs;

import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands lines to one reader, on a thread of its own, as fast as that reader takes them. */
final class Watcher implements Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);

    private final LiveLines live;
    private final Reader reader;
    private final Thread thread;

    private Watcher(LiveLines live, Lines before, long cursor, Reader reader) {
        this.live = live;
        this.reader = reader;
        this.thread = Thread.ofVirtual().name("log-watcher").unstarted(() -> run(before, cursor));
    }

    /**
     * Who gets the lines.
     *
     * @param gathering how long lines are gathered before they are handed over together
     * @param whenFailed runs when the reader fails; it gets nothing after that
     */
    record Reader(Consumer<Lines> to, Duration gathering, Runnable whenFailed) {}

    /** The caller has joined already; the watcher leaves by itself. */
    static Watcher start(LiveLines live, Lines before, long cursor, Reader reader) {
        var watcher = new Watcher(live, before, cursor, reader);
        watcher.thread.start();
        return watcher;
    }

    private void run(Lines before, long cursor) {
        try {
            reader.to.accept(before);
            while (true) {
                var batch = live.await(cursor);
                reader.to.accept(new Lines(batch.skipped(), batch.lines()));
                cursor = batch.cursor();
                if (!reader.gathering.isZero()) Thread.sleep(reader.gathering);
            }
        } catch (InterruptedException e) {
            // Closed.
        } catch (RuntimeException e) {
            LOG.warn("A log is not followed any more: its reader failed", e);
            reader.whenFailed.run();
        } finally {
            live.leave();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
