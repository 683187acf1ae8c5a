package dev.signalbox.routing;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Requests without a pause, on kept and on new connections, with and without a body; it remembers every one that failed. */
final class Load implements AutoCloseable {
    private static final int BODY = 64 << 10;

    private final int port;
    private final String host;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final CountDownLatch underWay = new CountDownLatch(100);
    private volatile boolean stopped;

    Load(int port, String host) {
        this.port = port;
        this.host = host;
        threads.execute(() -> keepingConnections("GET", new byte[0]));
        threads.execute(() -> keepingConnections("POST", new byte[BODY]));
        threads.execute(() -> keepingConnections("GET", new byte[0]));
        threads.execute(this::withNewConnections);
    }

    Load awaitStart() throws InterruptedException {
        if (!underWay.await(20, TimeUnit.SECONDS)) throw new AssertionError("no load: " + failures);
        return this;
    }

    Queue<String> failures() {
        return failures;
    }

    int answered() {
        return answered.get();
    }

    private void keepingConnections(String method, byte[] body) {
        while (!stopped) {
            try (var client = new TestClient(port)) {
                while (!stopped) note(method, client.send(method, host, "/", body));
            } catch (IOException e) {
                failures.add(method + " on a kept connection: " + e);
            }
        }
    }

    private void withNewConnections() {
        while (!stopped) {
            try {
                note("GET", TestClient.ask(port, host, "/"));
            } catch (IOException e) {
                failures.add("GET on a new connection: " + e);
            }
        }
    }

    private void note(String method, TestClient.Answer answer) {
        if (answer.status() == 200) answered.incrementAndGet();
        else failures.add(method + ": " + answer.status() + " " + answer.body());
        underWay.countDown();
    }

    /** Returns when the last answer is there. */
    Load stop() {
        stopped = true;
        threads.close();
        return this;
    }

    @Override
    public void close() {
        stop();
    }
}
