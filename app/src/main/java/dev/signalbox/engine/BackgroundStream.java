package dev.signalbox.engine;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import dev.signalbox.engine.EngineException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one stream of Docker's on a thread of its own; connects again, ever less eagerly, when Docker goes away. */
final class BackgroundStream implements Engine.Stream {
    private static final Logger log = LoggerFactory.getLogger(BackgroundStream.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** What is read. */
    interface Source {
        /** Begins where the last connection broke. Not found means that there will be nothing more. */
        Response open();

        /** Reads to the end of this connection; true when that is also the end of the whole stream. */
        boolean read(InputStream stream) throws IOException;

        /** The connection broke or could not be made; it is tried again after a pause. */
        void lost(Exception reason);
    }

    private final DockerConnection connection;
    private final Source source;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread;
    private int failures;

    private BackgroundStream(DockerConnection connection, String what, Source source, @Nullable Response opened) {
        this.connection = connection;
        this.source = source;
        this.thread = Thread.ofVirtual().name("docker-" + what).unstarted(() -> run(opened));
    }

    /** {@code opened} is the first connection when the caller has it already. */
    static BackgroundStream start(DockerConnection connection, String what, Source source, @Nullable Response opened) {
        var stream = new BackgroundStream(connection, what, source, opened);
        connection.streaming(stream);
        stream.thread.start();
        return stream;
    }

    private void run(@Nullable Response opened) {
        try {
            var next = opened;
            while (!isOver(next)) {
                next = null;
                if (closing.await(pause().toNanos(), TimeUnit.NANOSECONDS)) return;
            }
        } catch (InterruptedException e) {
            // Closed while it waited.
        } finally {
            connection.ended(this);
            end.countDown();
        }
    }

    private Duration pause() {
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures++, 5));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private boolean isOver(@Nullable Response opened) {
        try (var response = opened == null ? source.open() : opened) {
            failures = 0;
            return source.read(response.getBody()) || isClosed();
        } catch (EngineException e) {
            if (isClosed() || e.kind() == Kind.NOT_FOUND) return true;
            source.lost(e);
        } catch (IOException e) {
            if (isClosed()) return true;
            source.lost(e);
        } catch (RuntimeException e) {
            // The reader of a stream must not end it by a mistake of its own: what comes later still matters.
            if (isClosed()) return true;
            log.error("A reader of Docker's stream failed", e);
            source.lost(e);
        }
        return false;
    }

    private boolean isClosed() {
        return closing.getCount() == 0;
    }

    /** Does not wait for a line that is just being handed over; {@link #awaitEnd} does. */
    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
    }

    @Override
    public boolean awaitEnd(Duration atMost) throws InterruptedException {
        return end.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }
}
