package dev.signalbox.routing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** One short request to something on this machine, under any host name: what the JDK's clients do not let a caller set. */
final class LoopbackHttp {
    /** Not the other loopback: the proxy's API listens on this one only. */
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

    private static final int CONNECT_MILLIS = 500;
    private static final int LARGEST = 1 << 20;
    private static final String STATUS_LINE = "HTTP/1\\.[01] [0-9]{3}( .*)?";

    private LoopbackHttp() {}

    record Answer(int status, String body) {}

    /** Empty when nobody answers within the time. */
    static Optional<Answer> find(int port, String host, String path, Duration patience) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(HERE, port), CONNECT_MILLIS);
            socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
            // In HTTP 1.0 an answer ends where the connection ends.
            var request = "GET " + path + " HTTP/1.0\r\nHost: " + host + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var answer = socket.getInputStream().readNBytes(LARGEST);
            return parse(new String(answer, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Answer> parse(String text) {
        var firstLine = text.lines().findFirst().orElse("");
        if (!firstLine.matches(STATUS_LINE)) return Optional.empty();
        var status = Integer.parseInt(firstLine.substring(9, 12));
        var head = text.indexOf("\r\n\r\n");
        return Optional.of(new Answer(status, head < 0 ? "" : text.substring(head + 4)));
    }
}
