package dev.signalbox.engine;

import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way to the daemon, opened on first use. Calls and streams have a client each, so that any number of streams never
 * keeps a call waiting; after a restart of the daemon calls go on in a new session.
 */
final class DockerConnection implements AutoCloseable {
    private static final int MAX_STREAMS = 1000;

    private final URI host;
    private final TimeLimits limits;
    private final ReentrantLock opening = new ReentrantLock();
    private @Nullable DockerSession session;
    private @Nullable DockerHttpClient streams;
    private final Set<BackgroundStream> reading = ConcurrentHashMap.newKeySet();
    private boolean closed;

    DockerConnection(URI host, TimeLimits limits) {
        this.host = host;
        this.limits = limits;
    }

    /** A question; {@code task} finishes the sentence "Docker was asked to …". */
    <T> T ask(String task, Function<DockerSession, T> call) {
        return call(task, limits.read(), call);
    }

    /** Something that gives back what was made. */
    <T> T make(String task, Function<DockerSession, T> call) {
        return call(task, limits.change(), call);
    }

    <T> T make(String task, Duration limit, Function<DockerSession, T> call) {
        return call(task, limit, call);
    }

    void change(String task, Consumer<DockerSession> call) {
        change(task, limits.change(), call);
    }

    void stop(String task, Duration grace, Consumer<DockerSession> call) {
        change(task, grace.plus(limits.stop()), call);
    }

    void change(String task, Duration limit, Consumer<DockerSession> call) {
        call(task, limit, session -> {
            call.accept(session);
            return true;
        });
    }

    private <T> T call(String task, Duration limit, Function<DockerSession, T> call) {
        return within(task, limit, () -> {
            var current = session();
            try {
                return call.apply(current);
            } catch (RuntimeException e) {
                if (!DockerErrors.isStale(e)) throw e;
                renew(current);
                return call.apply(session());
            }
        });
    }

    /** Opens a stream that has no time limit once it has begun. Closing the response ends it. */
    DockerHttpClient.Response open(String task, String path) {
        return within(task, limits.read(), () -> {
            var response = streams().execute(request(Request.Method.GET, path).build());
            try {
                DockerSession.requireSuccess(response);
                return response;
            } catch (RuntimeException e) {
                response.close();
                throw e;
            }
        });
    }

    /** Reads a stream that ends by itself. */
    <T> T read(String task, String path, StreamReader<T> reader) {
        return read(task, limits.read(), path, reader);
    }

    <T> T read(String task, Duration limit, String path, StreamReader<T> reader) {
        return within(task, limit, () -> {
            try (var response =
                    streams().execute(request(Request.Method.GET, path).build())) {
                DockerSession.requireSuccess(response);
                return reader.read(response.getBody());
            }
        });
    }

    interface StreamReader<T> {
        T read(InputStream stream) throws IOException;
    }

    /** A request for the client of the streams, whose connections are not kept: each may be the first after a restart. */
    Request.Builder request(Request.Method method, String path) throws InterruptedException {
        return Request.builder()
                .method(method)
                .path("/v" + session().api() + path)
                .putHeader("Connection", "close");
    }

    private <T> T within(String task, Duration limit, Callable<T> work) {
        try {
            return Deadline.run(limit, work);
        } catch (TimeoutException e) {
            throw DockerErrors.timedOut(task, limit, e);
        } catch (ExecutionException e) {
            throw DockerErrors.translate(host, task, e.getCause() == null ? e : e.getCause());
        }
    }

    EngineException translate(String task, Throwable problem) {
        return DockerErrors.translate(host, task, problem);
    }

    DockerSession session() throws InterruptedException {
        opening.lockInterruptibly();
        try {
            if (closed) throw new IllegalStateException("the engine is closed");
            if (session == null) session = DockerSession.open(host, limits.connect());
            return session;
        } finally {
            opening.unlock();
        }
    }

    DockerHttpClient streams() throws InterruptedException {
        opening.lockInterruptibly();
        try {
            if (closed) throw new IllegalStateException("the engine is closed");
            if (streams == null) {
                streams = new ApacheDockerHttpClient.Builder()
                        .dockerHost(host)
                        .connectionTimeout(limits.connect())
                        .maxConnections(MAX_STREAMS)
                        .build();
            }
            return streams;
        } finally {
            opening.unlock();
        }
    }

    /** What is still read when the engine is closed ends then. */
    void streaming(BackgroundStream stream) {
        reading.add(stream);
    }

    void ended(BackgroundStream stream) {
        reading.remove(stream);
    }

    void renew() {
        opening.lock();
        try {
            if (session != null) renew(session);
        } finally {
            opening.unlock();
        }
    }

    /** The daemon was away: what it speaks now is asked again before the next call. */
    void renew(DockerSession old) {
        opening.lock();
        try {
            if (session != old) return;
            session = null;
        } finally {
            opening.unlock();
        }
        old.close();
    }

    @Override
    public void close() {
        reading.forEach(BackgroundStream::close);
        opening.lock();
        try {
            closed = true;
            if (session != null) session.close();
            if (streams != null) DockerSession.close(streams);
        } finally {
            opening.unlock();
        }
    }
}
