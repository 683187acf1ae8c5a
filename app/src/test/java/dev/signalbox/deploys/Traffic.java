package dev.signalbox.deploys;

import dev.signalbox.routing.TestClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests to what {@link Apps#saying} made, until it is stopped: on kept and on new connections, with and without a body,
 * with answers that take seconds. Nothing is tried twice, and each failure is remembered.
 */
final class Traffic implements AutoCloseable {
    private static final int BODY = 64 << 10;
    private static final Duration AT_MOST = Duration.ofMinutes(3);

    private final int port;
    private final String host;
    private final Set<String> texts;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> answered = new ConcurrentHashMap<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final long start = System.nanoTime();
    private volatile boolean stopped;

    /** A request that got no answer, or a wrong one; {@code at} counts from the first. */
    record Failure(Duration at, String request, String reason) {}

    private Traffic(int port, String host, Set<String> texts) {
        this.port = port;
        this.host = host;
        this.texts = texts;
    }

    /**
     * Some twenty short requests a second.
     *
     * @param texts what may be answered
     */
    static Traffic light(int port, String host, Set<String> texts) {
        var traffic = new Traffic(port, host, texts);
        traffic.keep("GET", "/", 0, Duration.ofMillis(100));
        traffic.renew("GET", "/", 0, Duration.ofMillis(100));
        return traffic;
    }

    /**
     * Some fifty requests a second of every kind.
     *
     * @param texts what may be answered
     */
    static Traffic mixed(int port, String host, Set<String> texts) {
        var traffic = new Traffic(port, host, texts);
        traffic.beMixed();
        return traffic;
    }

    private void beMixed() {
        keep("GET", "/", 0, Duration.ofMillis(80));
        keep("GET", "/", 0, Duration.ofMillis(80));
        keep("POST", "/", BODY, Duration.ofMillis(160));
        renew("GET", "/", 0, Duration.ofMillis(80));
        renew("POST", "/", BODY, Duration.ofMillis(160));
        keep("GET", "/?after=1000", 0, Duration.ZERO);
        renew("GET", "/?after=2000", 0, Duration.ZERO);
        keep("POST", "/?after=3000", BODY, Duration.ZERO);
    }

    private void keep(String method, String path, int length, Duration every) {
        threads.execute(() -> {
            var pace = new Pace(every);
            while (isOpen()) {
                try (var client = new TestClient(port)) {
                    while (pace.awaitTurn()) send(client, method, path, length);
                } catch (IOException e) {
                    fail(method + " " + path + " on a kept connection", e.toString());
                }
            }
        });
    }

    private void renew(String method, String path, int length, Duration every) {
        threads.execute(() -> {
            var pace = new Pace(every);
            while (pace.awaitTurn()) {
                try (var client = new TestClient(port)) {
                    send(client, method, path, length);
                } catch (IOException e) {
                    fail(method + " " + path + " on a new connection", e.toString());
                }
            }
        });
    }

    private void send(TestClient client, String method, String path, int length) throws IOException {
        sent.incrementAndGet();
        var answer = client.send(method, host, path, new byte[length]);
        var text = answer.body().replaceFirst(" " + length + "$", "");
        if (answer.status() == 200 && texts.contains(text)) answered.merge(text, 1, Integer::sum);
        else fail(method + " " + path, answer.status() + " " + answer.body());
    }

    private void fail(String request, String reason) {
        failures.add(new Failure(age(), request, reason));
    }

    /** Since the first request. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private boolean isOpen() {
        return !stopped && System.nanoTime() - start < AT_MOST.toNanos();
    }

    /** Keeps requests apart, whatever each of them took. */
    private final class Pace {
        private final long every;
        private long next = System.nanoTime();

        Pace(Duration every) {
            this.every = every.toNanos();
        }

        boolean awaitTurn() {
            LockSupport.parkNanos(next - System.nanoTime());
            next = Math.max(next + every, System.nanoTime());
            return isOpen();
        }
    }

    Queue<Failure> failures() {
        return failures;
    }

    int sent() {
        return sent.get();
    }

    /** How many answers there were of each text. */
    Map<String, Integer> answered() {
        return answered;
    }

    /** Returns when the last answer is there. */
    void stop() {
        stopped = true;
        threads.close();
    }

    @Override
    public void close() {
        stop();
    }
}
