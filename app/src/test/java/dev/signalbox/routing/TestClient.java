package dev.signalbox.routing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One connection to the proxy that sends what it is told to and never tries anything twice. */
public final class TestClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;

    public TestClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    public record Answer(int status, List<String> headers, String body) {
        /** The first line of what {@link TestBackend} says: its name. */
        public String from() {
            return body.lines().findFirst().orElse("");
        }
    }

    public static Answer ask(int port, String host, String path, String... headers) throws IOException {
        try (var client = new TestClient(port)) {
            return client.send("GET", host, path, new byte[0], headers);
        }
    }

    public Answer send(String method, String host, String path, byte[] body, String... headers) throws IOException {
        begin(method, host, path, body.length, headers);
        socket.getOutputStream().write(body);
        return answer();
    }

    void begin(String method, String host, String path, int length, String... headers) throws IOException {
        var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n");
        for (var header : headers) head.append(header).append("\r\n");
        if (length > 0) head.append("Content-Length: ").append(length).append("\r\n");
        raw(head.append("\r\n").toString());
    }

    void raw(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Reads an answer to its end. */
    Answer answer() throws IOException {
        var status = line();
        var headers = new ArrayList<String>();
        for (var header = line(); !header.isEmpty(); header = line()) headers.add(header);
        return new Answer(Integer.parseInt(status.split(" ", 3)[1]), headers, body(headers));
    }

    private String body(List<String> headers) throws IOException {
        for (var header : headers) {
            var plain = header.toLowerCase(java.util.Locale.ROOT);
            if (plain.startsWith("content-length:")) {
                return text(in.readNBytes(Integer.parseInt(plain.substring(15).strip())));
            }
            if (plain.equals("transfer-encoding: chunked")) return chunks();
        }
        return "";
    }

    private String chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.write(in.readNBytes(size));
            line();
        }
        line();
        return text(body.toByteArray());
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int read = in.read(); read != '\n'; read = in.read()) {
            if (read < 0) throw new EOFException("the connection ended");
            if (read != '\r') line.write(read);
        }
        return text(line.toByteArray());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
