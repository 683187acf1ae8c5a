package dev.signalbox.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.engine.EngineExtension;
import dev.signalbox.routing.TraefikConfiguration.Headers;
import dev.signalbox.routing.TraefikConfiguration.Http;
import dev.signalbox.routing.TraefikConfiguration.Middleware;
import dev.signalbox.routing.TraefikConfiguration.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RoutingIT {
    @RegisterExtension
    static final EngineExtension docker = new EngineExtension();

    @TempDir
    static Path directory;

    private static final String BROWSER = "Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8";

    private static TestProxy proxy;

    private Routing routing;
    private TestBackend blue;
    private TestBackend green;

    @BeforeAll
    static void startProxy() throws InterruptedException {
        proxy = new TestProxy(docker, directory);
        proxy.routing.ensureProxy();
    }

    @AfterAll
    static void stopProxy() {
        proxy.close();
    }

    @BeforeEach
    void startBackends() {
        routing = proxy.routing;
        blue = new TestBackend("blue");
        green = new TestBackend("green");
    }

    @AfterEach
    void stopBackends() {
        blue.close();
        green.close();
        routing.retainOnly(Set.of());
    }

    @Test
    void pointReturnsWhenRequestsReachTheNewTarget() throws Exception {
        System.out.println("From the call to the switch seen: " + fifteenSwitches());
    }

    @Test
    void aSwitchIsQuickAmongAHundredOthers() throws Exception {
        for (int i = 0; i < 100; i++) routing.clear(proxy.workload("app-" + i));
        System.out.println("The same among 100 other workloads: " + fifteenSwitches());
    }

    private String fifteenSwitches() throws Exception {
        var shop = proxy.workload("shop");
        var times = new ArrayList<Duration>();
        for (int release = 1; release <= 15; release++) {
            var before = System.nanoTime();
            routing.point(shop, (release % 2 == 0 ? green : blue).target(release));
            times.add(Duration.ofNanos(System.nanoTime() - before));
            assertThat(proxy.ask("shop.localhost", "/").from()).isEqualTo(release % 2 == 0 ? "green" : "blue");
        }
        times.sort(null);
        assertThat(times.get(7)).isLessThan(Duration.ofSeconds(1));
        return "median " + times.get(7).toMillis() + " ms, worst "
                + times.getLast().toMillis() + " ms";
    }

    @Test
    void noRequestIsLostInTwentySwitches() throws Exception {
        var shop = proxy.workload("shop");
        routing.point(shop, blue.target(1));
        try (var load = new Load(proxy.settings.httpPort(), "shop.localhost").awaitStart()) {
            for (int release = 2; release <= 21; release++) {
                routing.point(shop, (release % 2 == 0 ? green : blue).target(release));
            }
            assertThat(load.stop().failures()).isEmpty();
            System.out.println("Requests during 20 switches: " + load.answered());
        }
    }

    @Test
    void aBackendWithoutConnectionsCanGo() throws Exception {
        var shop = proxy.workload("shop");
        routing.point(shop, blue.target(1));
        try (var load = new Load(proxy.settings.httpPort(), "shop.localhost").awaitStart()) {
            assertThat(routing.openConnections(blue.address())).isPositive();
            routing.point(shop, green.target(2));
            assertThat(Wait.until(() -> routing.openConnections(blue.address()) == 0, Duration.ofSeconds(20)))
                    .isTrue();
            blue.close();
            assertThat(load.stop().failures()).isEmpty();
        }
    }

    @Test
    void theSameTargetIsNotWrittenAgain() throws Exception {
        var shop = proxy.workload("shop");
        routing.point(shop, blue.target(1));
        var file = routeFile("shop");
        var key = Files.readAttributes(file, "unix:ino,ctime");
        routing.point(shop, blue.target(1));
        assertThat(Files.readAttributes(file, "unix:ino,ctime")).isEqualTo(key);
    }

    @Test
    void aHostIsFoundInAnySpelling() throws Exception {
        routing.point(proxy.workload("shop"), blue.target(1));
        for (var host : List.of("SHOP.localhost", "shop.localhost.", "shop.LocalHost:8080")) {
            assertThat(proxy.ask(host, "/").from()).as(host).isEqualTo("blue");
        }
    }

    @Test
    void unknownHostsReachThePanel() throws IOException {
        for (var host : List.of("nobody.localhost", "127.0.0.1", "localhost", "unseen.invalid")) {
            assertThat(proxy.ask(host, "/").from()).as(host).isEqualTo("panel");
        }
    }

    @Test
    void pathsArriveAsTheyWereSent() throws Exception {
        routing.point(proxy.workload("shop"), blue.target(1));
        assertThat(proxy.ask("shop.localhost", "/a%2Fb/%E2%82%AC?q=%7B%7B&r=a+b")
                        .body())
                .contains("GET /a%2Fb/%E2%82%AC?q=%7B%7B&r=a+b\n");
    }

    @Test
    void nobodySetsWhoHeIsOrWhereHeComesFrom() throws Exception {
        routing.point(proxy.workload("shop"), blue.target(1));
        for (var host : List.of("shop.localhost", "localhost")) {
            var seen = proxy.ask(
                            host,
                            "/",
                            "X-Webauth-User: root",
                            "X_Webauth_User: root",
                            "X.Forwarded.For: 192.0.2.1",
                            "X-Forwarded-User: root",
                            "X-Forwarded-Prefix: /evil",
                            "X-Forwarded-For: 192.0.2.1",
                            "X-Forwarded-Host: evil.example",
                            "X-Real-Ip: 192.0.2.1",
                            "Forwarded: for=192.0.2.1")
                    .body();
            assertThat(seen).doesNotContain("root", "evil", "192.0.2.1").contains("X-forwarded-for: 127.0.0.1");
        }
    }

    @Test
    void whatAnAppAnswersToProgramsIsNotTouched() throws Exception {
        routing.point(proxy.workload("shop"), blue.target(1));
        for (int status : List.of(404, 500, 502, 503, 504)) {
            var answer = proxy.ask("shop.localhost", "/status/" + status, "Accept: application/json");
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.from()).isEqualTo("blue");
        }
        for (int status : List.of(404, 500, 503)) {
            assertThat(proxy.ask("shop.localhost", "/status/" + status, BROWSER).from())
                    .isEqualTo("blue");
        }
    }

    @Test
    void aPersonGetsOurPageForAnAppThatIsGoneAndAProgramTheStatus() throws Exception {
        routing.point(proxy.workload("shop"), blue.target(1));
        blue.close();
        var page = proxy.ask("shop.localhost", "/", BROWSER);
        assertThat(page.status()).isEqualTo(502);
        assertThat(page.body()).startsWith("panel\nGET /_signalbox/error/502\n").contains("Host: shop.localhost");
        var plain = proxy.ask("shop.localhost", "/");
        assertThat(plain.status()).isEqualTo(502);
        assertThat(plain.body()).isEqualTo("Bad Gateway");
    }

    @Test
    void oneDeadBackendOfTwoCostsNoRequest() throws Exception {
        blue.close();
        routing.point(proxy.workload("shop"), new Target(1, List.of(blue.address(), green.address())));
        for (int i = 0; i < 10; i++) {
            assertThat(proxy.ask("shop.localhost", "/").from()).isEqualTo("green");
        }
    }

    @Test
    void withoutAReleaseOurPageAnswersWhateverIsAsked() throws Exception {
        var shop = proxy.workload("shop");
        routing.point(shop, blue.target(1));
        routing.clear(shop);
        assertThat(Wait.until(() -> status("shop.localhost") == 503, Duration.ofSeconds(5)))
                .isTrue();
        try (var client = new TestClient(proxy.settings.httpPort())) {
            var answer = client.send("POST", "shop.localhost", "/orders?x=1", "body".getBytes(StandardCharsets.UTF_8));
            assertThat(answer.body())
                    .startsWith("panel\nPOST /_signalbox/error/503")
                    .contains("Host: shop.localhost");
        }
        routing.point(shop, green.target(2));
        assertThat(proxy.ask("shop.localhost", "/").from()).isEqualTo("green");
        routing.remove(shop.id());
        assertThat(Wait.until(() -> status("shop.localhost") == 200, Duration.ofSeconds(5)))
                .isTrue();
        assertThat(proxy.ask("shop.localhost", "/").from()).isEqualTo("panel");
    }

    @Test
    void eventsPassAtOnce() throws Exception {
        routing.point(proxy.workload("shop"), blue.target(1));
        try (var client = new TestClient(proxy.settings.httpPort())) {
            client.begin("GET", "shop.localhost", "/events", 0, "Accept: text/event-stream");
            String line;
            do line = client.line();
            while (!line.startsWith("data:"));
            assertThat(line).isEqualTo("data: first");
        }
    }

    @Test
    void anUpgradedConnectionPassesAndOutlivesASwitch() throws Exception {
        var shop = proxy.workload("shop");
        try (var server = new ServerSocket(0)) {
            var echo = Thread.ofVirtual().start(() -> upgradeAndEcho(server));
            routing.point(shop, new Target(1, List.of(new Backend("127.0.0.1", server.getLocalPort()))));
            try (var client = new TestClient(proxy.settings.httpPort())) {
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
                routing.point(shop, blue.target(2));
                client.raw("after\n");
                assertThat(client.line()).isEqualTo("after");
            }
            echo.join(Duration.ofSeconds(5));
        }
    }

    @Test
    void aSpoiltFileOfAnotherStopsNobody() throws Exception {
        var shop = proxy.workload("shop");
        var other = proxy.workload("other");
        routing.point(shop, blue.target(1));
        routing.point(other, blue.target(1));
        Files.writeString(routeFile("other"), "{\"http\": {{ oh no");
        Files.writeString(routes().resolve("wl_stranger.yml"), "half a fi");
        routing.point(shop, green.target(2));
        assertThat(proxy.ask("shop.localhost", "/").from()).isEqualTo("green");
        assertThat(proxy.ask("other.localhost", "/").from()).isEqualTo("blue");
    }

    @Test
    void theLastGoodFileIsPutBackWhenTheProxyRefuses() throws Exception {
        var shop = proxy.workload("shop");
        routing.point(shop, blue.target(1));
        var good = Files.readString(routeFile("shop"));
        var poison = routes().resolve("wl_poison.yml");
        // Readable, and nothing that Traefik knows.
        Files.writeString(poison, "{\"http\": {\"nonsense\": {}}}");
        assertThatThrownBy(() -> routing.point(shop, green.target(2)))
                .isInstanceOf(RoutingException.class)
                .hasMessageContaining("did not take the new route of shop/shop in production")
                .hasMessageContaining("field not found, node: nonsense");
        assertThat(routeFile("shop")).hasContent(good);
        assertThat(proxy.ask("shop.localhost", "/").from()).isEqualTo("blue");
        Files.delete(poison);
        routing.point(shop, green.target(3));
        assertThat(proxy.ask("shop.localhost", "/").from()).isEqualTo("green");
    }

    @Test
    void anInterruptedSwitchLeavesTheOldRoute() throws Exception {
        var shop = proxy.workload("shop");
        routing.point(shop, blue.target(1));
        var good = Files.readString(routeFile("shop"));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> routing.point(shop, green.target(2))).isInstanceOf(InterruptedException.class);
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
        new RouteDirectory(proxy.settings.directory()).write("wl_x", file.text());
        assertThat(Wait.until(() -> new ProxyProbe(proxy.settings).sees(file.marker()), Duration.ofSeconds(5)))
                .isTrue();
        assertThat(proxy.ask("x.localhost", "/").body()).contains("X-text: " + hostile);
    }

    @Test
    void theLogHoldsRequestsButNoSecrets() throws Exception {
        routing.point(proxy.workload("shop"), blue.target(7));
        for (var path : List.of(
                "/setup/s3cret-1", "/join/s3cret-7", "/git/shop/web.git/info/refs?s3cret-2", "/x?token=s3cret-3")) {
            proxy.ask("localhost", path, "Authorization: Basic s3cret-4", "Cookie: s3cret-5");
        }
        proxy.ask("shop.localhost", "/bought?token=s3cret-6");
        var log = proxy.settings.directory().resolve("log/access.log");
        assertThat(Wait.until(() -> text(log).contains("/bought"), Duration.ofSeconds(5)))
                .isTrue();
        assertThat(text(log))
                .contains("\"ServiceName\":\"" + proxy.workload("shop").id() + "-r7@file\"")
                .doesNotContain("s3cret");
        // Until the proxy has read its first routes it logs whatever comes, our looks whether it has them too.
        assertThat(text(log).lines().filter(line -> line.contains("RouterName")))
                .isNotEmpty()
                .noneMatch(line -> line.contains("\"seen.invalid\""));
    }

    @Test
    void whatWeAskAnAppIsNotCounted() throws Exception {
        var shop = proxy.workload("shop");
        routing.point(shop, blue.target(8));

        assertThat(routing.ask("shop.localhost", "/asked-by-us", Duration.ofSeconds(5)))
                .hasValue(200);
        assertThat(routing.ask("shop.localhost", "/status/503", Duration.ofSeconds(5)))
                .hasValue(503);

        proxy.ask("shop.localhost", "/asked-by-another");
        var log = proxy.settings.directory().resolve("log/access.log");
        assertThat(Wait.until(() -> text(log).contains("/asked-by-another"), Duration.ofSeconds(5)))
                .isTrue();
        assertThat(text(log)).doesNotContain("/asked-by-us");
        var figures = LoopbackHttp.find(proxy.settings.apiPort(), "localhost", "/metrics", Duration.ofSeconds(5))
                .orElseThrow()
                .body();
        assertThat(figures.lines().filter(line -> line.contains("service=\"" + shop.id() + "-r8@file\"")))
                .filteredOn(line -> line.startsWith("traefik_service_requests_total"))
                .singleElement()
                .asString()
                .contains("code=\"200\"")
                .endsWith(" 1");
    }

    @Test
    void nobodyAnswersWhereNobodyIs() {
        assertThat(routing.ask("nobody.localhost", "/", Duration.ofSeconds(5))).hasValue(200);
        assertThat(MarkedRequest.send(TestProxy.freePort(), "shop.localhost", "/", Duration.ofSeconds(5)))
                .isEmpty();
    }

    @Test
    void aThousandHalfRequestsDoNotSlowThePage() throws Exception {
        routing.point(proxy.workload("shop"), blue.target(1));
        var halves = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 1000; i++) {
                var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.settings.httpPort());
                socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: shop".getBytes(StandardCharsets.US_ASCII));
                halves.add(socket);
            }
            var before = System.nanoTime();
            assertThat(proxy.ask("shop.localhost", "/").from()).isEqualTo("blue");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(500));
        } finally {
            for (var half : halves) half.close();
        }
    }

    private static int status(String host) {
        try {
            return proxy.ask(host, "/").status();
        } catch (IOException e) {
            return 0;
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    private static Path routes() {
        return proxy.settings.directory().resolve("dynamic");
    }

    private static Path routeFile(String workload) {
        return routes().resolve(proxy.workload(workload).id() + ".yml");
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
