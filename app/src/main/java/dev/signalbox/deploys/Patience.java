package dev.signalbox.deploys;

import dev.signalbox.logs.DeploymentLog;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says what is waited for whenever the log has been silent for a while. */
final class Patience implements AutoCloseable {
    private static final Duration FIRST = Duration.ofSeconds(3);
    private static final Duration NEXT = Duration.ofSeconds(5);

    private final DeploymentLog log;
    private final String awaited;
    private final Duration first;
    private final Duration next;
    private final long start = System.nanoTime();
    private final CountDownLatch over = new CountDownLatch(1);

    private Patience(DeploymentLog log, String awaited, Duration first, Duration next) {
        this.log = log;
        this.awaited = awaited;
        this.first = first;
        this.next = next;
    }

    /**
     * Watches the log until this is closed.
     *
     * @param awaited goes on with "waiting"
     */
    static Patience with(DeploymentLog log, String awaited) {
        return with(log, awaited, FIRST, NEXT);
    }

    static Patience with(DeploymentLog log, String awaited, Duration first, Duration next) {
        var patience = new Patience(log, awaited, first, next);
        Thread.ofVirtual().name("patience").start(patience::watch);
        return patience;
    }

    private void watch() {
        try {
            var silence = first;
            for (long seen = log.size(); !over.await(silence.toMillis(), TimeUnit.MILLISECONDS); seen = log.size()) {
                if (seen == log.size()) speak();
                silence = next;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void speak() {
        if (over.getCount() > 0) log.line("         still waiting " + awaited + ", " + Took.since(start) + " so far");
    }

    /** Nothing is said after this. */
    @Override
    public synchronized void close() {
        over.countDown();
    }
}
