package dev.signalbox.routing;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a request that nobody has read with status 503 and a page that says why. */
final class Unavailable {
    private static final Logger LOG = LoggerFactory.getLogger(Unavailable.class);
    private static final String PAGE = """
            <!doctype html>
            <html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark">
            <title>The app is changing over</title>
            <h1>The app is changing over</h1>
            <p>It did not come back in time for this request, which was not passed on. Try again in a moment.</p>
            </html>
            """;
    private static final Duration LINGER = Duration.ofSeconds(2);

    private Unavailable() {}

    /** What is still coming is read and forgotten for a moment: else the kernel takes the answer back with it. */
    static void answer(SocketChannel client) throws IOException {
        var answer = ByteBuffer.wrap(bytes());
        while (answer.hasRemaining()) client.write(answer);
        client.shutdownOutput();
        client.socket().setSoTimeout((int) LINGER.toMillis());
        var in = client.socket().getInputStream();
        var dropped = new byte[4 << 10];
        var end = System.nanoTime() + LINGER.toNanos();
        try {
            int read;
            do read = in.read(dropped);
            while (read >= 0 && System.nanoTime() < end);
        } catch (SocketTimeoutException e) {
            LOG.debug("Whoever was answered is silent: {}", e.toString());
        }
    }

    private static byte[] bytes() {
        var head = """
                HTTP/1.1 503 Service Unavailable
                Content-Type: text/html; charset=utf-8
                Content-Length: %d
                Cache-Control: no-store
                Retry-After: 5
                Connection: close

                """.formatted(PAGE.getBytes(StandardCharsets.UTF_8).length).replace("\n", "\r\n");
        return (head + PAGE).getBytes(StandardCharsets.UTF_8);
    }
}
