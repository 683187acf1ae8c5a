package dev.signalbox;

import dev.signalbox.routing.TestClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Fifty requests a second, as an app has them: on kept and on new connections, some with a body of 64 KB, some answered
 * only after three seconds. Nothing is tried twice; every failure is kept with its time and reason.
 */
final class Traffic implements AutoCloseable {
    private static final byte[] BODY = new byte[64 << 10];

    private final int port;
    private final String host;
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile boolean isOver;

    Traffic(int port, String host) {
        this.port = port;
        this.host = host;
        // Per second: 20 + 10 on kept connections, 15 on new ones, 5 that take three seconds.
        for (int sender = 0; sender < 4; sender++) senders.execute(() -> onKept("GET", "/", new byte[0], 200));
        for (int sender = 0; sender < 2; sender++) senders.execute(() -> onKept("POST", "/", BODY, 200));
        for (int sender = 0; sender < 3; sender++) senders.execute(() -> onNew("/", 200));
        for (int sender = 0; sender < 15; sender++) senders.execute(() -> onNew("/slow", 0));
    }

    int answered() {
        return answered.get();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    private void onKept(String method, String path, byte[] body, long everyMillis) {
        while (!isOver) {
            try (var client = new TestClient(port)) {
                while (!isOver) {
                    note(method + " kept", client.send(method, host, path, body));
                    pause(everyMillis);
                }
            } catch (IOException e) {
                note(method + " kept", e);
            }
        }
    }

    private void onNew(String path, long everyMillis) {
        while (!isOver) {
            try {
                note("GET new " + path, TestClient.ask(port, host, path, "Connection: close"));
                pause(everyMillis);
            } catch (IOException e) {
                note("GET new " + path, e);
            }
        }
    }

    private static void pause(long millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }

    private void note(String what, TestClient.Answer answer) {
        if (answer.status() == 200) answered.incrementAndGet();
        else failures.add(Instant.now() + " " + what + ": " + answer.status());
    }

    private void note(String what, Exception failure) {
        failures.add(Instant.now() + " " + what + ": " + failure);
    }

    /** Returns when the last answer is there. */
    void stop() {
        isOver = true;
        senders.close();
    }

    @Override
    public void close() {
        stop();
    }
}
