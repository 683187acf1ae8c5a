package dev.signalbox.deploys;

import dev.signalbox.routing.TestClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** A request every 20 ms, each on a connection of its own; knows how long the slowest took. */
final class Waiting implements AutoCloseable {
    private static final long EVERY_NANOS = Duration.ofMillis(20).toNanos();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Duration> longest = new AtomicReference<>(Duration.ZERO);
    private final Thread clock;
    private volatile boolean stopped;

    Waiting(int port, String host) {
        clock = Thread.ofVirtual().start(() -> {
            while (!stopped) {
                threads.execute(() -> ask(port, host));
                LockSupport.parkNanos(EVERY_NANOS);
            }
        });
    }

    private void ask(int port, String host) {
        var start = System.nanoTime();
        try {
            var answer = TestClient.ask(port, host, "/");
            if (answer.status() != 200) failures.add(answer.status() + " " + answer.body());
        } catch (IOException e) {
            failures.add(e.toString());
        }
        var took = Duration.ofNanos(System.nanoTime() - start);
        longest.accumulateAndGet(took, (one, other) -> one.compareTo(other) > 0 ? one : other);
    }

    /** How long the slowest of all took, none of which may have failed. */
    Duration stop() throws InterruptedException {
        stopped = true;
        clock.join();
        threads.close();
        if (!failures.isEmpty()) throw new AssertionError("failed: " + failures);
        return longest.get();
    }

    @Override
    public void close() {
        stopped = true;
        threads.close();
    }
}
