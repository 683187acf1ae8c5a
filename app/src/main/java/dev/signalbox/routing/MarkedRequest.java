package dev.signalbox.routing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * A request of our own to an app, through the proxy like everybody's, on a connection of its own. It carries a header by
 * which the proxy leaves it out of its log and its figures, and by which an app can do the same.
 */
final class MarkedRequest {
    static final String HEADER = "X-Signalbox-Probe";
    static final String VALUE = "switch";

    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
    private static final String VERSION = "HTTP/1.";
    /** {@code HTTP/1.1 200}: what comes after it need not be read, and may never end. */
    private static final int STATUS_LINE = 12;

    private MarkedRequest() {}

    /** What tells it from the requests of others, who cannot come from this address. */
    static String rule() {
        return "Header(`" + HEADER + "`, `" + VALUE + "`) && ClientIP(`127.0.0.1/32`)";
    }

    /** The status that was answered; empty when there was no connection, or no answer on it within the time. */
    static OptionalInt send(int port, String host, String path, Duration patience) {
        int millis = Math.toIntExact(patience.toMillis());
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(HERE, port), millis);
            socket.setSoTimeout(millis);
            var request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + HEADER + ": " + VALUE
                    + "\r\nUser-Agent: signalbox-probe\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var answer = socket.getInputStream().readNBytes(STATUS_LINE);
            return status(new String(answer, StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }

    private static OptionalInt status(String line) {
        if (line.length() < STATUS_LINE || !line.startsWith(VERSION)) return OptionalInt.empty();
        var digits = line.substring(9);
        return digits.matches("[0-9]{3}") ? OptionalInt.of(Integer.parseInt(digits)) : OptionalInt.empty();
    }
}
