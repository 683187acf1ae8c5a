package dev.signalbox.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.engine.EngineExtension;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Requests that wait behind the real proxy. */
class HoldIT {
    private static final Duration AT_MOST = Duration.ofSeconds(10);

    private static final String[] UPGRADE = {
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    };

    @RegisterExtension
    static final EngineExtension docker = new EngineExtension();

    @TempDir
    static Path directory;

    private static TestProxy proxy;

    private final TestBackend blue = new TestBackend("blue");
    private final TestBackend green = new TestBackend("green");

    @BeforeAll
    static void startProxy() throws InterruptedException {
        proxy = new TestProxy(docker, directory);
        proxy.routing.ensureProxy();
    }

    @AfterAll
    static void stopProxy() {
        proxy.close();
    }

    @AfterEach
    void stopBackends() {
        blue.close();
        green.close();
        proxy.routing.retainOnly(Set.of());
    }

    @Test
    void noRequestIsLostWhenOneIsStoppedBeforeTheOtherStarts() throws Exception {
        var shop = proxy.workload("shop");
        proxy.routing.point(shop, alone(1, blue.address()));
        try (var load = new Load(proxy.settings.httpPort(), "shop.localhost").awaitStart()) {
            var hold = proxy.routing.hold(shop, 2);
            assertThat(Wait.until(() -> proxy.routing.openConnections(blue.address()) == 0, AT_MOST))
                    .isTrue();
            blue.close();
            assertThat(Wait.until(() -> hold.waiting() == 4, AT_MOST)).isTrue();
            var answered = load.answered();

            hold.release(List.of(green.address()));
            proxy.routing.point(shop, alone(2, green.address()));
            hold.closeWhenUnused();

            assertThat(Wait.until(() -> load.answered() > answered + 200, AT_MOST))
                    .isTrue();
            assertThat(load.stop().failures()).isEmpty();
            assertThat(Wait.until(hold::isGone, AT_MOST)).isTrue();
        }
    }

    @Test
    void idleConnectionsToWhatRunsAloneAreGoneAtOnce() throws Exception {
        var shop = proxy.workload("shop");
        proxy.routing.point(shop, alone(1, blue.address()));
        assertThat(proxy.ask("shop.localhost", "/").from()).isEqualTo("blue");
        assertThat(Wait.until(() -> proxy.routing.openConnections(blue.address()) == 0, Duration.ofSeconds(1)))
                .isTrue();
    }

    @Test
    void aWebSocketWaitsToBeOpenedAndOutlivesTheSwitch() throws Exception {
        var shop = proxy.workload("shop");
        var hold = proxy.routing.hold(shop, 1);
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var client = new TestClient(proxy.settings.httpPort());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            client.begin("GET", "shop.localhost", "/chat", 0, UPGRADE);
            assertThat(Wait.until(() -> hold.waiting() == 1, AT_MOST)).isTrue();
            var echo = threads.submit(() -> echoOnce(server));

            var backend = new Backend("127.0.0.1", server.getLocalPort());
            hold.release(List.of(backend));
            proxy.routing.point(shop, alone(1, backend));
            hold.closeWhenUnused();

            assertThat(client.line()).isEqualTo("HTTP/1.1 101 Switching Protocols");
            String header;
            do header = client.line();
            while (!header.isEmpty());
            assertThat(Wait.until(() -> Connections.listenersOn(hold.address().port()) == 0, AT_MOST))
                    .isTrue();
            client.raw("hello\n");
            assertThat(client.line()).isEqualTo("you said hello");
            assertThat(echo.get(10, TimeUnit.SECONDS)).contains("Upgrade: websocket");
        }
        assertThat(Wait.until(hold::isGone, AT_MOST)).isTrue();
    }

    /** Opens what is to be a WebSocket and answers one line; gives the request as it came. */
    private static String echoOnce(ServerSocket server) throws Exception {
        try (var socket = server.accept()) {
            var in = socket.getInputStream();
            var head = new StringBuilder();
            while (!head.toString().endsWith("\r\n\r\n")) head.append((char) in.read());
            socket.getOutputStream().write("""
                    HTTP/1.1 101 Switching Protocols
                    Connection: Upgrade
                    Upgrade: websocket
                    Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=

                    """.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            var line = new StringBuilder();
            for (int read = in.read(); read != '\n'; read = in.read()) line.append((char) read);
            socket.getOutputStream().write(("you said " + line + "\n").getBytes(StandardCharsets.US_ASCII));
            return head.toString();
        }
    }

    private static Target alone(long release, Backend backend) {
        return new Target(release, List.of(backend), false, true);
    }
}
