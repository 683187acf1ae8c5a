package dev.signalbox.git;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The {@code remote:} lines of a push. While it is open it says something from time to time, so that neither people nor
 * proxies take silence for death. When nobody listens any more, lines go nowhere.
 */
final class Console implements AutoCloseable {
    private final OutputStream out;
    private final Duration silence;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition spoken = lock.newCondition();
    private final long opened = System.nanoTime();
    private boolean endsBlank;
    private boolean closed;

    private Console(OutputStream out, Duration silence) {
        this.out = out;
        this.silence = silence;
    }

    static Console open(OutputStream out, Duration silence) {
        var console = new Console(out, silence);
        Thread.ofVirtual().name("push-alive").start(console::stayAlive);
        return console;
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
            spoken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void stayAlive() {
        lock.lock();
        try {
            while (!closed) {
                boolean wasSpoken = spoken.await(silence.toMillis(), TimeUnit.MILLISECONDS);
                if (wasSpoken || closed) continue;
                write("... " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - opened) + " s");
                flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void write(String line) {
        if (closed) return;
        endsBlank = line.isBlank();
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            closed = true;
        }
    }

    private void flush() {
        if (closed) return;
        try {
            out.flush();
        } catch (IOException e) {
            closed = true;
        }
    }

    /** Nothing is written after this. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            spoken.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
