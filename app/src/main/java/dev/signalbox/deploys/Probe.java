package dev.signalbox.deploys;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Asks a server over HTTP what it answers. Redirects are answers and not followed. */
final class Probe implements AutoCloseable {
    /** On a bridge of this host; an address whose container has ended does not answer at all. */
    private static final Duration CONNECT = Duration.ofSeconds(1);

    private @Nullable HttpClient client;

    /** What came of asking. */
    sealed interface Answer {
        record Status(int code) implements Answer {}

        /** Nothing listens there, or it hung up or kept silent. */
        record None(boolean connected) implements Answer {}
    }

    /**
     * Asks once.
     *
     * @param host the Host header; null for the address itself
     */
    Answer ask(String ip, int port, String path, @Nullable String host, Duration patience) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://" + ip + ":" + port + path))
                .timeout(patience)
                // A connection that is open is taken for a request under way.
                .header("Connection", "close")
                .header("User-Agent", "signalbox-health");
        if (host != null) request.header("Host", host);
        try {
            // The time limit ends with the headers, and a body may never end: it is closed unread.
            var response = client().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            response.body().close();
            return new Answer.Status(response.statusCode());
        } catch (ConnectException | HttpConnectTimeoutException | NoRouteToHostException e) {
            return new Answer.None(false);
        } catch (IOException e) {
            return new Answer.None(true);
        }
    }

    /** Whether a TCP connection is accepted. */
    static boolean accepts(String ip, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(ip, port), (int) CONNECT.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Those of the replicas that accept one, all asked at once: a hundred that do not cost no more than one. */
    static List<Replica> accepting(List<Replica> replicas, int port) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = threads.invokeAll(replicas.stream()
                    .<Callable<Boolean>>map(replica -> () -> accepts(replica.ip(), port))
                    .toList());
            return IntStream.range(0, replicas.size())
                    .filter(each -> asked.get(each).resultNow())
                    .mapToObj(replicas::get)
                    .toList();
        }
    }

    /** Made when first used: it takes longer than all else before the panel's first answer. */
    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT)
                    .build();
        }
        return client;
    }

    @Override
    public synchronized void close() {
        if (client != null) client.shutdownNow();
    }
}
