package dev.signalbox.engine;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A Unix socket that leads to Docker's, until it is cut like a daemon that dies, or hangs like one that is stopped. */
public final class CuttableSocket implements Closeable {
    private final Path path;
    private final Path target;
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition flows = lock.newCondition();
    private ServerSocketChannel server;
    private boolean hanging;

    public CuttableSocket(Path path, URI target) {
        this.path = path;
        this.target = Path.of(target.getPath());
        this.server = listen();
    }

    public URI uri() {
        return URI.create("unix://" + path);
    }

    /** Drops every connection and refuses new ones. */
    public void cut() {
        close(server);
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        drop();
    }

    /** Drops every connection; new ones are welcome. */
    public void drop() {
        connections.forEach(CuttableSocket::close);
        connections.removeIf(connection -> !connection.isOpen());
    }

    public void mend() {
        server = listen();
    }

    /** Takes connections and requests, and passes nothing on. */
    public void hang() {
        set(true);
    }

    public void flow() {
        set(false);
    }

    public int openConnections() {
        return connections.size() / 2;
    }

    private void set(boolean stopped) {
        lock.lock();
        try {
            hanging = stopped;
            flows.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private ServerSocketChannel listen() {
        try {
            var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            channel.bind(UnixDomainSocketAddress.of(path));
            Thread.ofVirtual().start(() -> accept(channel));
            return channel;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocketChannel from) {
        try {
            while (true) {
                var client = from.accept();
                var daemon = SocketChannel.open(UnixDomainSocketAddress.of(target));
                connections.add(client);
                connections.add(daemon);
                // Taken just before the cut, they are too late to be dropped by it.
                if (!from.isOpen()) {
                    close(client);
                    close(daemon);
                }
                Thread.ofVirtual().start(() -> copy(client, daemon));
                Thread.ofVirtual().start(() -> copy(daemon, client));
            }
        } catch (IOException e) {
            // Cut.
        }
    }

    private void copy(SocketChannel from, SocketChannel to) {
        var buffer = ByteBuffer.allocate(16 << 10);
        try {
            while (from.read(buffer.clear()) >= 0) {
                awaitFlow();
                buffer.flip();
                while (buffer.hasRemaining()) to.write(buffer);
            }
        } catch (IOException | InterruptedException e) {
            // Dropped.
        } finally {
            for (var end : new SocketChannel[] {from, to}) {
                connections.remove(end);
                close(end);
            }
        }
    }

    private void awaitFlow() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (hanging) flows.await();
        } finally {
            lock.unlock();
        }
    }

    private static void close(Closeable channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cut();
        flow();
    }
}
