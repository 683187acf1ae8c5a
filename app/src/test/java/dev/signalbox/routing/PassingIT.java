package dev.signalbox.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What passes the router, and how it arrives. */
class PassingIT {
    private static final String BROWSER = "Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8";

    @TempDir
    static Path directory;

    @RegisterExtension
    static final ProxyExtension on = new ProxyExtension(() -> directory);

    @Test
    void aHostIsFoundInAnySpelling() throws Exception {
        on.routing().point(on.proxy().workload("shop"), on.blue().target(1));
        for (var host : List.of("SHOP.localhost", "shop.localhost.", "shop.LocalHost:8080")) {
            assertThat(on.proxy().ask(host, "/").from()).as(host).isEqualTo("blue");
        }
    }

    @Test
    void unknownHostsReachThePanel() throws IOException {
        for (var host : List.of("nobody.localhost", "127.0.0.1", "localhost", "unseen.invalid")) {
            assertThat(on.proxy().ask(host, "/").from()).as(host).isEqualTo("panel");
        }
    }

    @Test
    void pathsArriveAsTheyWereSent() throws Exception {
        on.routing().point(on.proxy().workload("shop"), on.blue().target(1));
        assertThat(on.proxy()
                        .ask("shop.localhost", "/a%2Fb/%E2%82%AC?q=%7B%7B&r=a+b")
                        .body())
                .contains("GET /a%2Fb/%E2%82%AC?q=%7B%7B&r=a+b\n");
    }

    @Test
    void nobodySetsWhoHeIsOrWhereHeComesFrom() throws Exception {
        on.routing().point(on.proxy().workload("shop"), on.blue().target(1));
        for (var host : List.of("shop.localhost", "localhost")) {
            var seen = on.proxy()
                    .ask(
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
        on.routing().point(on.proxy().workload("shop"), on.blue().target(1));
        for (int status : List.of(404, 500, 502, 503, 504)) {
            var answer = on.proxy().ask("shop.localhost", "/status/" + status, "Accept: application/json");
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.from()).isEqualTo("blue");
        }
        for (int status : List.of(404, 500, 503)) {
            assertThat(on.proxy()
                            .ask("shop.localhost", "/status/" + status, BROWSER)
                            .from())
                    .isEqualTo("blue");
        }
    }

    @Test
    void aPersonGetsOurPageForAnAppThatIsGoneAndAProgramTheStatus() throws Exception {
        on.routing().point(on.proxy().workload("shop"), on.blue().target(1));
        on.blue().close();
        var page = on.proxy().ask("shop.localhost", "/", BROWSER);
        assertThat(page.status()).isEqualTo(502);
        assertThat(page.body()).startsWith("panel\nGET /_signalbox/error/502\n").contains("Host: shop.localhost");
        var plain = on.proxy().ask("shop.localhost", "/");
        assertThat(plain.status()).isEqualTo(502);
        assertThat(plain.body()).isEqualTo("Bad Gateway");
    }

    @Test
    void withoutAReleaseOurPageAnswersWhateverIsAsked() throws Exception {
        var shop = on.proxy().workload("shop");
        on.routing().point(shop, on.blue().target(1));
        on.routing().clear(shop);
        assertThat(Wait.until(() -> status("shop.localhost") == 503, Duration.ofSeconds(5)))
                .isTrue();
        try (var client = new TestClient(on.proxy().settings.httpPort())) {
            var answer = client.send("POST", "shop.localhost", "/orders?x=1", "body".getBytes(StandardCharsets.UTF_8));
            assertThat(answer.body())
                    .startsWith("panel\nPOST /_signalbox/error/503")
                    .contains("Host: shop.localhost");
        }
        on.routing().point(shop, on.green().target(2));
        assertThat(on.proxy().ask("shop.localhost", "/").from()).isEqualTo("green");
        on.routing().remove(shop.id());
        assertThat(Wait.until(() -> from("shop.localhost").equals("panel"), Duration.ofSeconds(5)))
                .isTrue();
    }

    @Test
    void eventsPassAtOnce() throws Exception {
        on.routing().point(on.proxy().workload("shop"), on.blue().target(1));
        try (var client = new TestClient(on.proxy().settings.httpPort())) {
            client.begin("GET", "shop.localhost", "/events", 0, "Accept: text/event-stream");
            String line;
            do line = client.line();
            while (!line.startsWith("data:"));
            assertThat(line).isEqualTo("data: first");
        }
    }

    @Test
    void theLogHoldsRequestsButNoSecrets() throws Exception {
        on.routing().point(on.proxy().workload("shop"), on.blue().target(7));
        for (var path : List.of(
                "/setup/s3cret-1", "/join/s3cret-7", "/git/shop/web.git/info/refs?s3cret-2", "/x?token=s3cret-3")) {
            on.proxy().ask("localhost", path, "Authorization: Basic s3cret-4", "Cookie: s3cret-5");
        }
        on.proxy().ask("shop.localhost", "/bought?token=s3cret-6");
        var log = on.proxy().settings.directory().resolve("log/access.log");
        assertThat(Wait.until(() -> text(log).contains("/bought"), Duration.ofSeconds(5)))
                .isTrue();
        assertThat(text(log))
                .contains("\"ServiceName\":\"" + on.proxy().workload("shop").id() + "-r7@file\"")
                .doesNotContain("s3cret");
        // Until the proxy has read its first routes it logs whatever comes, our looks whether it has them too.
        assertThat(text(log).lines().filter(line -> line.contains("RouterName")))
                .isNotEmpty()
                .noneMatch(line -> line.contains("\"seen.invalid\""));
    }

    @Test
    void whatWeAskAnAppIsNotCounted() throws Exception {
        var shop = on.proxy().workload("shop");
        on.routing().point(shop, on.blue().target(8));

        assertThat(on.routing().ask("shop.localhost", "/asked-by-us", Duration.ofSeconds(5)))
                .hasValue(200);
        assertThat(on.routing().ask("shop.localhost", "/status/503", Duration.ofSeconds(5)))
                .hasValue(503);

        on.proxy().ask("shop.localhost", "/asked-by-another");
        var log = on.proxy().settings.directory().resolve("log/access.log");
        assertThat(Wait.until(() -> text(log).contains("/asked-by-another"), Duration.ofSeconds(5)))
                .isTrue();
        assertThat(text(log)).doesNotContain("/asked-by-us");
        var figures = LoopbackHttp.find(on.proxy().settings.apiPort(), "localhost", "/metrics", Duration.ofSeconds(5))
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
    void aThousandHalfRequestsDoNotSlowThePage() throws Exception {
        on.routing().point(on.proxy().workload("shop"), on.blue().target(1));
        var halves = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 1000; i++) {
                var socket = new Socket(
                        InetAddress.getLoopbackAddress(), on.proxy().settings.httpPort());
                socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: shop".getBytes(StandardCharsets.US_ASCII));
                halves.add(socket);
            }
            var before = System.nanoTime();
            assertThat(on.proxy().ask("shop.localhost", "/").from()).isEqualTo("blue");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(500));
        } finally {
            for (var half : halves) half.close();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    private static String from(String host) {
        try {
            return on.proxy().ask(host, "/").from();
        } catch (IOException e) {
            return "";
        }
    }

    private static int status(String host) {
        try {
            return on.proxy().ask(host, "/").status();
        } catch (IOException e) {
            return 0;
        }
    }
}
