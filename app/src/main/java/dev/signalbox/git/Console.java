package dev.signalbox.git;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The {@code remote:} lines of a push. When nobody listens any more, they go nowhere. */
final class Console {
    private final OutputStream out;
    private final Duration silence;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean endsBlank;
    private boolean isAlive;
    private boolean isLost;

    /**
     * Prints to this stream.
     *
     * @param silence see {@link #keepAlive}
     */
    Console(OutputStream out, Duration silence) {
        this.out = out;
        this.silence = silence;
    }

    /** Until this is closed, says something from time to time: neither people nor proxies shall take silence for death. */
    Alive keepAlive() {
        lock.lock();
        try {
            isAlive = true;
        } finally {
            lock.unlock();
        }
        long start = System.nanoTime();
        Thread.ofVirtual().name("push-alive").start(() -> breakSilence(start));
        return this::rest;
    }

    interface Alive extends AutoCloseable {
        @Override
        void close();
    }

    /** Leaves an empty line, unless there is one. */
    void space() {
        lock.lock();
        try {
            if (!endsBlank) write("");
        } finally {
            lock.unlock();
        }
    }

    void print(String text) {
        lock.lock();
        try {
            if (text.isEmpty()) write("");
            text.lines().map(Terminal::line).forEach(this::write);
            flush();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void breakSilence(long start) {
        lock.lock();
        try {
            while (isAlive) {
                boolean hasChanged = changed.await(silence.toMillis(), TimeUnit.MILLISECONDS);
                if (hasChanged || !isAlive) continue;
                write("... " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) + " s");
                flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void rest() {
        lock.lock();
        try {
            isAlive = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void write(String line) {
        endsBlank = line.isBlank();
        if (isLost) return;
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            isLost = true;
        }
    }

    private void flush() {
        if (isLost) return;
        try {
            out.flush();
        } catch (IOException e) {
            isLost = true;
        }
    }
}
