package dev.signalbox.git;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A plain HTTP server in front of a {@link GitRemote}. */
final class TestServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TestServer.class);

    final List<Exception> failures = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger underWay = new AtomicInteger();

    TestServer(GitRemote remote) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/health", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.createContext("/git/", exchange -> {
            underWay.incrementAndGet();
            try (exchange) {
                remote.serve(new Adapter(exchange, url()));
            } catch (IOException | RuntimeException e) {
                failures.add(e);
                LOG.info("A request ended early", e);
            } finally {
                underWay.decrementAndGet();
            }
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Requests that are being answered. */
    int underWay() {
        return underWay.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static final class Adapter implements GitExchange {
        private final HttpExchange exchange;
        private final String panelUrl;
        private final String[] path;
        private int status = 200;

        Adapter(HttpExchange exchange, String panelUrl) {
            this.exchange = exchange;
            this.panelUrl = panelUrl;
            this.path = exchange.getRequestURI()
                    .getRawPath()
                    .substring("/git/".length())
                    .split("/", 3);
        }

        @Override
        public String method() {
            return exchange.getRequestMethod();
        }

        @Override
        public String project() {
            return part(0);
        }

        @Override
        public String service() {
            return part(1);
        }

        @Override
        public String action() {
            return part(2);
        }

        private String part(int index) {
            return index < path.length ? URLDecoder.decode(path[index], StandardCharsets.UTF_8) : "";
        }

        @Override
        public Optional<String> query(String name) {
            var query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
            return Arrays.stream(query.split("&", -1))
                    .filter(pair -> pair.startsWith(name + "="))
                    .map(pair -> pair.substring(name.length() + 1))
                    .findFirst();
        }

        @Override
        public Optional<String> header(String name) {
            return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
        }

        @Override
        public InputStream body() {
            return exchange.getRequestBody();
        }

        @Override
        public void status(int code) {
            status = code;
        }

        @Override
        public void header(String name, String value) {
            exchange.getResponseHeaders().set(name, value);
        }

        @Override
        public OutputStream output() {
            try {
                if (exchange.getResponseCode() == -1) exchange.sendResponseHeaders(status, 0);
                return exchange.getResponseBody();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String panelUrl() {
            return panelUrl;
        }

        @Override
        public Optional<String> clientAddress() {
            return Optional.of(exchange.getRemoteAddress().getAddress().getHostAddress());
        }
    }
}
