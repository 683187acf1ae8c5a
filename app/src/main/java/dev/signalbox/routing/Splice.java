package dev.signalbox.routing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on what two connections say to each other, until both have said all. */
final class Splice {
    private static final Logger LOG = LoggerFactory.getLogger(Splice.class);
    /** Most connections say little, and there may be thousands: a buffer grows with what comes. */
    private static final int SMALLEST = 1 << 10;

    private static final int LARGEST = 64 << 10;

    private Splice() {}

    /** Returns when both directions have ended. When one breaks, so does the other. */
    static void between(SocketChannel one, SocketChannel other) throws InterruptedException {
        var back = Thread.ofVirtual().name("splice").start(() -> pass(other, one));
        pass(one, other);
        back.join();
    }

    private static void pass(SocketChannel from, SocketChannel to) {
        try {
            copy(from, to);
            to.shutdownOutput();
        } catch (IOException e) {
            // One that broke has nobody to hear the rest of the other.
            breakOff(from);
            breakOff(to);
        }
    }

    private static void copy(SocketChannel from, SocketChannel to) throws IOException {
        var buffer = ByteBuffer.allocate(SMALLEST);
        while (from.read(buffer) >= 0) {
            boolean isFull = !buffer.hasRemaining();
            buffer.flip();
            while (buffer.hasRemaining()) to.write(buffer);
            buffer.clear();
            if (isFull && buffer.capacity() < LARGEST) buffer = ByteBuffer.allocate(2 * buffer.capacity());
        }
    }

    private static void breakOff(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("A connection was closed already: {}", e.toString());
        }
    }
}
