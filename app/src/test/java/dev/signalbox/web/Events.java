package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The events of a stream as they come to somebody. */
final class Events implements AutoCloseable {
    private static final Pattern CONNECT = Pattern.compile("sse-connect=\"([^\"]+)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Socket socket;
    private final BufferedReader lines;

    Events(Browsing who, String path) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), who.world().http().port());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        var request = "GET " + path + " HTTP/1.0\r\nHost: localhost\r\nAccept: text/event-stream\r\nCookie: signalbox="
                + who.started().cookie().reveal() + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        assertThat(next().getFirst()).endsWith("200 OK");
    }

    /** Those of the stream that this page listens to. */
    static Events of(Browsing who, String page) throws IOException {
        var connect = CONNECT.matcher(page);
        assertThat(connect.find()).as(page).isTrue();
        return new Events(who, connect.group(1).replace("&amp;", "&"));
    }

    /** The lines of the next one. */
    List<String> next() throws IOException {
        var event = new ArrayList<String>();
        for (var line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) event.add(line);
        return event;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
