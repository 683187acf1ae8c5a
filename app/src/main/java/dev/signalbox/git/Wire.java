package dev.signalbox.git;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.util.io.InterruptTimer;
import org.eclipse.jgit.util.io.TimeoutInputStream;
import org.eclipse.jgit.util.io.TimeoutOutputStream;

/** Both bodies of a request: unpacked on the way in, and never silent for longer than a client may be. */
final class Wire implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;
    private static final long DRAINED = 1L << 30;

    private final InterruptTimer timer = new InterruptTimer("git-idle");
    private final InputStream raw;
    private final PushbackInputStream in;
    private final ClientOutput out;

    Wire(GitExchange exchange, Duration idle) throws IOException {
        var timedIn = new TimeoutInputStream(exchange.body(), timer);
        timedIn.setTimeout((int) idle.toMillis());
        var timedOut = new TimeoutOutputStream(exchange.output(), timer);
        timedOut.setTimeout((int) idle.toMillis());
        raw = timedIn;
        in = new PushbackInputStream(isPacked(exchange) ? new GZIPInputStream(raw, BUFFER) : raw, BUFFER);
        out = new ClientOutput(timedOut);
    }

    PushbackInputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    /** Whether the client is known to be gone. */
    boolean isLost() {
        return out.isLost;
    }

    /**
     * Reads what the client still sends and forgets it: git looks at an answer only when it could send everything. What has
     * been answered is sent first, so that people need not wait for it.
     */
    void drain() throws IOException {
        out.flush();
        var buffer = new byte[BUFFER];
        long left = DRAINED;
        while (left > 0) {
            int count = raw.read(buffer);
            if (count < 0) return;
            left -= count;
        }
    }

    private static boolean isPacked(GitExchange exchange) {
        return exchange.header("Content-Encoding")
                .filter(encoding -> encoding.equals("gzip") || encoding.equals("x-gzip"))
                .isPresent();
    }

    @Override
    public void close() {
        timer.terminate();
        // The timer works by interrupting; one that came too late must not hit what this thread does next.
        Thread.interrupted();
    }

    /** Does not try again to reach a client that could not be reached: each try may cost a minute. */
    private static final class ClientOutput extends FilterOutputStream {
        private boolean isLost;

        ClientOutput(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            attempt(() -> out.write(bytes, offset, length));
        }

        @Override
        public void flush() throws IOException {
            attempt(out::flush);
        }

        private void attempt(Act act) throws IOException {
            if (isLost) throw new IOException("the client is gone");
            try {
                act.run();
            } catch (IOException e) {
                isLost = true;
                throw e;
            }
        }

        private interface Act {
            void run() throws IOException;
        }
    }
}
