package dev.signalbox.routing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A place where requests wait for what will answer them. Connections are accepted and nothing is read of them, so that the
 * sender keeps what does not fit into the kernel's buffers; once it is known where they go, they get there byte for byte.
 * Each has a port of its own: the proxy keeps connections, and one that was passed on stays with whom it was passed on to.
 */
public final class Hold implements AutoCloseable {
    static final int MOST_CONNECTIONS = 8_000;

    private static final Logger LOG = LoggerFactory.getLogger(Hold.class);
    private static final int BACKLOG = 1_024;
    private static final int ROUNDS = 3;
    private static final Duration DIAL = Duration.ofSeconds(2);
    private static final Duration BREATH = Duration.ofMillis(100);
    /** Requests that were on their way through the router when its route changed have come by then. */
    private static final Duration STRAGGLERS = Duration.ofSeconds(1);

    private final ServerSocketChannel door;
    private final int port;
    private final Duration patience;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("hold-", 0).factory());
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private final Set<SocketChannel> passedOn = ConcurrentHashMap.newKeySet();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger turn = new AtomicInteger();
    private volatile List<Backend> targets = List.of();
    private volatile boolean isCutOff;

    private Hold(ServerSocketChannel door, Duration patience) throws IOException {
        this.door = door;
        this.port = ((InetSocketAddress) door.getLocalAddress()).getPort();
        this.patience = patience;
    }

    /**
     * Begins to accept connections.
     *
     * @param patience how long each of them waits before it is told that nobody answers
     */
    public static Hold open(Duration patience) {
        try {
            var door = ServerSocketChannel.open();
            door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
            var hold = new Hold(door, patience);
            hold.threads.execute(hold::receive);
            return hold;
        } catch (IOException e) {
            throw new RoutingException("No port could be opened for requests to wait at. Nothing was changed.", e);
        }
    }

    /** Where it listens. */
    public Backend address() {
        return new Backend("127.0.0.1", port);
    }

    /** How many connections wait. */
    public int waiting() {
        return targets.isEmpty() ? connections() : 0;
    }

    /** How many connections there are: those that wait, and those that were passed on and have not ended. */
    int connections() {
        return open.size();
    }

    /** Whether nothing of it is left: no port, no connection, no thread. */
    boolean isGone() {
        return threads.isTerminated();
    }

    /** What waits goes to these in turn, and so does what still comes. The last call rules what comes after it. */
    public void release(List<Backend> backends) {
        if (backends.isEmpty()) throw new IllegalArgumentException("released to nobody");
        targets = List.copyOf(backends);
        over.countDown();
    }

    private void receive() {
        try {
            while (door.isOpen()) receiveOne();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdown();
        }
    }

    private void receiveOne() throws InterruptedException {
        try {
            var client = door.accept();
            open.add(client);
            threads.execute(() -> serve(client));
        } catch (IOException e) {
            if (!door.isOpen()) return;
            // Out of descriptors, most likely: whoever knocks waits in the kernel until there are some again.
            LOG.warn("A connection could not be held: {}", e.toString());
            Thread.sleep(BREATH);
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            var target = awaitTarget();
            if (target.isEmpty()) Unavailable.answer(client);
            else passOn(client, target.get());
        } catch (IOException | InterruptedException e) {
            // One side went away; there is nobody left to tell.
            LOG.debug("A held connection ended: {}", e.toString());
        } finally {
            open.remove(client);
        }
    }

    /** Connects to whom it was released to, when it is; empty when it is not in time, or nobody is there. */
    private Optional<SocketChannel> awaitTarget() throws InterruptedException {
        if (connections() > MOST_CONNECTIONS || !over.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            return Optional.empty();
        }
        for (int attempt = 0; attempt < ROUNDS * targets.size(); attempt++) {
            if (attempt >= targets.size()) Thread.sleep(BREATH);
            var connected = dial(targets.get(Math.floorMod(turn.getAndIncrement(), targets.size())));
            if (connected.isPresent()) return connected;
        }
        return Optional.empty();
    }

    private static Optional<SocketChannel> dial(Backend backend) {
        try {
            var channel = SocketChannel.open();
            try {
                channel.socket().connect(new InetSocketAddress(backend.ip(), backend.port()), (int) DIAL.toMillis());
                return Optional.of(channel);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            LOG.debug("{} is not there: {}", backend, e.toString());
            return Optional.empty();
        }
    }

    private void passOn(SocketChannel client, SocketChannel target) throws IOException, InterruptedException {
        try (target) {
            passedOn.add(client);
            if (isCutOff) return;
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            target.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Splice.between(client, target);
        } finally {
            passedOn.remove(client);
        }
    }

    /** Accepts no more once what is on its way has come; what was passed on ends by itself. */
    public void closeWhenUnused() {
        closeAfter(STRAGGLERS);
    }

    /** Accepts connections for so long still; those that there are end by themselves. */
    public void closeAfter(Duration time) {
        Thread.ofVirtual().name("hold closes").start(() -> {
            try {
                Thread.sleep(time);
                closeDoor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Ends at once: what waits is told that nobody answers, and what was passed on is cut off. */
    @Override
    public void close() {
        closeDoor();
        isCutOff = true;
        over.countDown();
        for (var client : passedOn) closeQuietly(client);
    }

    private void closeDoor() {
        try {
            door.close();
        } catch (IOException e) {
            LOG.warn("The port {} could not be closed", port, e);
        }
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("A held connection was closed already: {}", e.toString());
        }
    }
}
