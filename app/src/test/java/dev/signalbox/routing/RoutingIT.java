package dev.signalbox.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.routing.TraefikConfiguration.Headers;
import dev.signalbox.routing.TraefikConfiguration.Http;
import dev.signalbox.routing.TraefikConfiguration.Middleware;
import dev.signalbox.routing.TraefikConfiguration.Router;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Switches, and what becomes of routes when something goes wrong. */
class RoutingIT {
    @TempDir
    static Path directory;

    @RegisterExtension
    static final ProxyExtension on = new ProxyExtension(() -> directory);

    @Test
    void pointReturnsWhenRequestsReachTheNewTarget() throws Exception {
        System.out.println("From the call to the switch seen: " + fifteenSwitches());
    }

    @Test
    void aSwitchIsQuickAmongAHundredOthers() throws Exception {
        for (int i = 0; i < 100; i++) on.routing().clear(on.proxy().workload("app-" + i));
        System.out.println("The same among 100 other workloads: " + fifteenSwitches());
    }

    private String fifteenSwitches() throws Exception {
        var shop = on.proxy().workload("shop");
        var times = new ArrayList<Duration>();
        for (int release = 1; release <= 15; release++) {
            var before = System.nanoTime();
            on.routing().point(shop, (release % 2 == 0 ? on.green() : on.blue()).target(release));
            times.add(Duration.ofNanos(System.nanoTime() - before));
            assertThat(on.proxy().ask("shop.localhost", "/").from()).isEqualTo(release % 2 == 0 ? "green" : "blue");
        }
        times.sort(null);
        assertThat(times.get(7)).isLessThan(Duration.ofSeconds(1));
        return "median " + times.get(7).toMillis() + " ms, worst "
                + times.getLast().toMillis() + " ms";
    }

    @Test
    void noRequestIsLostInTwentySwitches() throws Exception {
        var shop = on.proxy().workload("shop");
        on.routing().point(shop, on.blue().target(1));
        try (var load = new Load(on.proxy().settings.httpPort(), "shop.localhost").awaitStart()) {
            for (int release = 2; release <= 21; release++) {
                on.routing().point(shop, (release % 2 == 0 ? on.green() : on.blue()).target(release));
            }
            assertThat(load.stop().failures()).isEmpty();
            System.out.println("Requests during 20 switches: " + load.answered());
        }
    }

    @Test
    void aBackendWithoutConnectionsCanGo() throws Exception {
        var shop = on.proxy().workload("shop");
        on.routing().point(shop, on.blue().target(1));
        try (var load = new Load(on.proxy().settings.httpPort(), "shop.localhost").awaitStart()) {
            assertThat(on.routing().openConnections(on.blue().address())).isPositive();
            on.routing().point(shop, on.green().target(2));
            assertThat(Wait.until(() -> on.routing().openConnections(on.blue().address()) == 0, Duration.ofSeconds(20)))
                    .isTrue();
            on.blue().close();
            assertThat(load.stop().failures()).isEmpty();
        }
    }

    @Test
    void theSameTargetIsNotWrittenAgain() throws Exception {
        var shop = on.proxy().workload("shop");
        on.routing().point(shop, on.blue().target(1));
        var file = routeFile("shop");
        var key = Files.readAttributes(file, "unix:ino,ctime");
        on.routing().point(shop, on.blue().target(1));
        assertThat(Files.readAttributes(file, "unix:ino,ctime")).isEqualTo(key);
    }

    @Test
    void oneDeadBackendOfTwoCostsNoRequest() throws Exception {
        on.blue().close();
        on.routing()
                .point(
                        on.proxy().workload("shop"),
                        new Target(1, List.of(on.blue().address(), on.green().address())));
        for (int i = 0; i < 10; i++) {
            assertThat(on.proxy().ask("shop.localhost", "/").from()).isEqualTo("green");
        }
    }

    @Test
    void anUpgradedConnectionPassesAndOutlivesASwitch() throws Exception {
        var shop = on.proxy().workload("shop");
        try (var server = new ServerSocket(0)) {
            var echo = Thread.ofVirtual().start(() -> upgradeAndEcho(server));
            on.routing().point(shop, new Target(1, List.of(new Backend("127.0.0.1", server.getLocalPort()))));
            try (var client = new TestClient(on.proxy().settings.httpPort())) {
                client.begin(
                        "GET",
                        "shop.localhost",
                        "/ws",
                        0,
                        "Connection: Upgrade",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
                assertThat(client.answer().status()).isEqualTo(101);
                client.raw("before\n");
                assertThat(client.line()).isEqualTo("before");
                on.routing().point(shop, on.blue().target(2));
                client.raw("after\n");
                assertThat(client.line()).isEqualTo("after");
            }
            echo.join(Duration.ofSeconds(5));
        }
    }

    @Test
    void aSpoiltFileOfAnotherStopsNobody() throws Exception {
        var shop = on.proxy().workload("shop");
        var other = on.proxy().workload("other");
        on.routing().point(shop, on.blue().target(1));
        on.routing().point(other, on.blue().target(1));
        Files.writeString(routeFile("other"), "{\"http\": {{ oh no");
        Files.writeString(routes().resolve("wl_stranger.yml"), "half a fi");
        on.routing().point(shop, on.green().target(2));
        assertThat(on.proxy().ask("shop.localhost", "/").from()).isEqualTo("green");
        assertThat(on.proxy().ask("other.localhost", "/").from()).isEqualTo("blue");
    }

    @Test
    void theLastGoodFileIsPutBackWhenTheProxyRefuses() throws Exception {
        var shop = on.proxy().workload("shop");
        on.routing().point(shop, on.blue().target(1));
        var good = Files.readString(routeFile("shop"));
        var poison = routes().resolve("wl_poison.yml");
        // Readable, and nothing that Traefik knows.
        Files.writeString(poison, "{\"http\": {\"nonsense\": {}}}");
        assertThatThrownBy(() -> on.routing().point(shop, on.green().target(2)))
                .isInstanceOf(RoutingException.class)
                .hasMessageContaining("did not take the new route of shop/shop in production")
                .hasMessageContaining("field not found, node: nonsense");
        assertThat(routeFile("shop")).hasContent(good);
        assertThat(on.proxy().ask("shop.localhost", "/").from()).isEqualTo("blue");
        Files.delete(poison);
        on.routing().point(shop, on.green().target(3));
        assertThat(on.proxy().ask("shop.localhost", "/").from()).isEqualTo("green");
    }

    @Test
    void anInterruptedSwitchLeavesTheOldRoute() throws Exception {
        var shop = on.proxy().workload("shop");
        on.routing().point(shop, on.blue().target(1));
        var good = Files.readString(routeFile("shop"));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> on.routing().point(shop, on.green().target(2)))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(routeFile("shop")).hasContent(good);
    }

    @Test
    void templatesInOurTextsAreInert() throws Exception {
        var hostile = "{{ env \"PATH\" }}{{ printf \"%s\" \"x\" }}";
        var http = new Http(
                Map.of("wl_x", new Router("Host(`x.localhost`)", List.of("web"), 1000, List.of("wl_x"), "panel", null)),
                Map.of("wl_x", Middleware.of(new Headers(Map.of("X-Text", hostile)))),
                Map.of(),
                Map.of());
        var file = RouteFile.marked("wl_x", http, null);
        new RouteDirectory(on.proxy().settings.directory()).write("wl_x", file.text());
        assertThat(Wait.until(() -> new ProxyProbe(on.proxy().settings).sees(file.marker()), Duration.ofSeconds(5)))
                .isTrue();
        assertThat(on.proxy().ask("x.localhost", "/").body()).contains("X-text: " + hostile);
    }

    @Test
    void nobodyAnswersWhereNobodyIs() {
        assertThat(on.routing().ask("nobody.localhost", "/", Duration.ofSeconds(5)))
                .hasValue(200);
        assertThat(MarkedRequest.send(TestProxy.freePort(), "shop.localhost", "/", Duration.ofSeconds(5)))
                .isEmpty();
    }

    private static Path routes() {
        return on.proxy().settings.directory().resolve("dynamic");
    }

    private static Path routeFile(String workload) {
        return routes().resolve(on.proxy().workload(workload).id() + ".yml");
    }

    private static void upgradeAndEcho(ServerSocket server) {
        try (var socket = server.accept()) {
            var in = socket.getInputStream();
            var out = socket.getOutputStream();
            var head = new StringBuilder();
            while (!head.toString().endsWith("\r\n\r\n")) head.append((char) in.read());
            out.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            in.transferTo(out);
        } catch (IOException e) {
            // The client went.
        }
    }
}
