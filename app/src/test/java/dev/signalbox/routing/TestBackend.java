package dev.signalbox.routing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * Something that answers behind the proxy and says what it was asked: its name, then the request as it arrived. A path
 * {@code /status/503} gets that status, {@code /events} a stream of events.
 */
public final class TestBackend implements AutoCloseable {
    private final String name;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public TestBackend(String name) {
        this(name, 0);
    }

    public TestBackend(String name, int port) {
        this.name = name;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.createContext("/events", TestBackend::stream);
        server.start();
    }

    public Backend address() {
        return new Backend("127.0.0.1", server.getAddress().getPort());
    }

    Target target(long release) {
        return new Target(release, List.of(address()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var length = exchange.getRequestBody().readAllBytes().length;
            var path = exchange.getRequestURI().getRawPath();
            var headers = exchange.getRequestHeaders().entrySet().stream()
                    .map(header -> header.getKey() + ": " + String.join(", ", header.getValue()))
                    .sorted()
                    .collect(Collectors.joining("\n"));
            var text = name + "\n" + exchange.getRequestMethod() + " " + exchange.getRequestURI() + "\n" + headers
                    + "\nbody: " + length + "\n";
            var status = path.matches("/status/[0-9]{3}") ? Integer.parseInt(path.substring(8)) : 200;
            if (path.startsWith("/_signalbox/error/")) status = Integer.parseInt(path.substring(18));
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** One event, and then silence until the reader goes. */
    private static void stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write("data: first\n\n".getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
