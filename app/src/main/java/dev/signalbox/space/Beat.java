package dev.signalbox.space;

import dev.signalbox.db.DatabaseFailed;
import dev.signalbox.engine.EngineException;
import dev.signalbox.logs.LogException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something every so often, and at once when asked; what fails is tried again next time. */
final class Beat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Beat.class);
    private static final Duration LEAVE = Duration.ofSeconds(5);

    private final String name;
    private final Duration every;
    private final Runnable task;
    private final Semaphore kicks = new Semaphore(0);
    private @Nullable Thread thread;
    private String lastTrouble = "";

    Beat(String name, Duration every, Runnable task) {
        this.name = name;
        this.every = every;
        this.task = task;
    }

    synchronized void start() {
        thread = Thread.ofVirtual().name(name).start(this::loop);
    }

    synchronized boolean isGoingOn() {
        return thread != null && thread.isAlive();
    }

    /** Has it done now. */
    void kick() {
        kicks.release();
    }

    private void loop() {
        try {
            while (true) {
                attempt();
                kicks.tryAcquire(every.toMillis(), TimeUnit.MILLISECONDS);
                kicks.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt() throws InterruptedException {
        try {
            task.run();
            lastTrouble = "";
        } catch (RuntimeException e) {
            // What is interrupted fails in many ways.
            if (Thread.interrupted()) throw new InterruptedException();
            complain(e);
        }
    }

    private void complain(RuntimeException e) {
        switch (e) {
            case EngineException away -> complainOnce(away);
            case DatabaseFailed full -> complainOnce(full);
            case LogException unreadable -> complainOnce(unreadable);
            case UncheckedIOException unreadable -> complainOnce(unreadable);
            default -> LOG.error("Looking after the disk failed; it is tried again", e);
        }
    }

    /** A disk that stays full, or a Docker that stays away, is one line in the journal. */
    private void complainOnce(RuntimeException e) {
        var trouble = String.valueOf(e.getMessage());
        if (!trouble.equals(lastTrouble)) LOG.warn("The disk cannot be looked after: {} It is tried again.", trouble);
        lastTrouble = trouble;
    }

    @Override
    public synchronized void close() {
        if (thread == null) return;
        thread.interrupt();
        try {
            thread.join(LEAVE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
