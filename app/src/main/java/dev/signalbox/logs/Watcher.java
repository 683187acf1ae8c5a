package dev.signalbox.logs;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands lines to one reader, on a thread of its own, as fast as that reader takes them. */
final class Watcher implements Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);

    private final LiveLines live;
    private final Consumer<ContainerLine> to;
    private final Runnable whenFailed;
    private final Thread thread;

    private Watcher(
            LiveLines live, List<ContainerLine> before, long cursor, Consumer<ContainerLine> to, Runnable whenFailed) {
        this.live = live;
        this.to = to;
        this.whenFailed = whenFailed;
        this.thread = Thread.ofVirtual().name("log-watcher").unstarted(() -> run(before, cursor));
    }

    /** The caller has joined already; the watcher leaves by itself. */
    static Watcher start(
            LiveLines live, List<ContainerLine> before, long cursor, Consumer<ContainerLine> to, Runnable whenFailed) {
        var watcher = new Watcher(live, before, cursor, to, whenFailed);
        watcher.thread.start();
        return watcher;
    }

    private void run(List<ContainerLine> before, long cursor) {
        try {
            before.forEach(to);
            while (true) {
                var batch = live.await(cursor);
                if (batch.skipped() > 0) to.accept(marker(batch));
                batch.lines().forEach(to);
                cursor = batch.cursor();
            }
        } catch (InterruptedException e) {
            // Closed.
        } catch (RuntimeException e) {
            LOG.warn("A log is not followed any more: its reader failed", e);
            whenFailed.run();
        } finally {
            live.leave();
        }
    }

    private static ContainerLine marker(LiveLines.Batch batch) {
        var at = batch.lines().isEmpty()
                ? Instant.EPOCH
                : batch.lines().getFirst().at();
        var text = String.format(Locale.ROOT, "[%,d lines skipped]", batch.skipped());
        return new ContainerLine(at, "", false, text);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
