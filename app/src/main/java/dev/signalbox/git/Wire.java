package dev.signalbox.git;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.eclipse.jgit.util.io.InterruptTimer;
import org.eclipse.jgit.util.io.TimeoutInputStream;
import org.eclipse.jgit.util.io.TimeoutOutputStream;

/** Both bodies of a request: unpacked on the way in, and never silent for longer than a client may be. */
final class Wire implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;
    private static final long DRAINED = 1L << 30;

    private final Duration idle;
    private final InterruptTimer timer = new InterruptTimer("git-idle");
    private final InputStream raw;
    private final MeteredInput metered;
    private final PushbackInputStream in;
    private final ClientOutput out;
    private volatile boolean isLost;

    /**
     * Takes hold of both.
     *
     * @throws ZipException when the body is not packed as its header says; nothing has been answered by then
     */
    Wire(GitExchange exchange, Duration idle) throws IOException {
        this.idle = idle;
        var timedIn = new TimeoutInputStream(exchange.body(), timer);
        timedIn.setTimeout((int) idle.toMillis());
        raw = new ClientInput(timedIn);
        metered = new MeteredInput(unpacked(exchange));
        in = new PushbackInputStream(metered, BUFFER);
        var timedOut = new TimeoutOutputStream(exchange.output(), timer);
        timedOut.setTimeout((int) idle.toMillis());
        out = new ClientOutput(timedOut);
    }

    private InputStream unpacked(GitExchange exchange) throws IOException {
        var encoding = exchange.header("Content-Encoding").orElse("");
        if (!encoding.equals("gzip") && !encoding.equals("x-gzip")) return raw;
        try {
            return new GZIPInputStream(raw, BUFFER);
        } catch (IOException e) {
            timer.terminate();
            throw e;
        }
    }

    PushbackInputStream in() {
        return in;
    }

    /** From here on, so many bytes may come; more end in a {@link TooMuch}. */
    void limit(long bytes) {
        metered.left = bytes;
    }

    OutputStream out() {
        return out;
    }

    /** Whether the client is known to be gone. */
    boolean isLost() {
        return isLost;
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

    @Override
    public void close() {
        timer.terminate();
    }

    private int attempt(Transfer transfer) throws IOException {
        long start = System.nanoTime();
        try {
            return transfer.run();
        } catch (IOException e) {
            isLost = true;
            // The timer interrupts, and not every stream takes the mark off again; it is not for what comes next.
            if (System.nanoTime() - start >= idle.toNanos()) Thread.interrupted();
            throw e;
        }
    }

    private interface Transfer {
        int run() throws IOException;
    }

    private final class ClientInput extends FilterInputStream {
        ClientInput(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            return attempt(in::read);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return attempt(() -> in.read(bytes, offset, length));
        }
    }

    /** The client sends more than it may. */
    static final class TooMuch extends IOException {
        private static final long serialVersionUID = 1L;

        TooMuch() {
            super("more was sent than may be");
        }
    }

    private static final class MeteredInput extends FilterInputStream {
        private long left = Long.MAX_VALUE;

        MeteredInput(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = in.read(bytes, offset, length);
            left -= Math.max(count, 0);
            if (left < 0) throw new TooMuch();
            return count;
        }
    }

    /** Does not try again to reach a client that could not be reached: each try may cost a minute. */
    private final class ClientOutput extends FilterOutputStream {
        ClientOutput(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            unlessLost(() -> {
                out.write(bytes, offset, length);
                return length;
            });
        }

        @Override
        public void flush() throws IOException {
            unlessLost(() -> {
                out.flush();
                return 0;
            });
        }

        private void unlessLost(Transfer transfer) throws IOException {
            if (isLost) throw new IOException("the client is gone");
            attempt(transfer);
        }
    }
}
