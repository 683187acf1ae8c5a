package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers on which host, and the pages that stand in for an app. */
class EdgeTest {
    @TempDir
    static Path directory;

    private static World world;

    @BeforeAll
    static void start() {
        world = new World(directory).start();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "panel.example.com",
                "PANEL.example.com:8443",
                "localhost",
                "localhost:7420",
                "127.0.0.1:7420",
                "203.0.113.9",
                "[::1]:7420",
                "[2001:db8::1]"
            })
    void thePanelAnswersOnItsOwnHosts(String host) {
        var reply = world.http().get("/").with("Host", host).send();
        assertThat(reply.status()).isEqualTo(303);
        assertThat(reply.header("Location")).hasValue("/projects");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example.com",
                "panel.example.com.evil.example",
                "shop.localhost",
                "localhost.",
                "127.0.0.1.sslip.io",
                "1.2.3.4.5",
                "999.1.1.1",
                "2130706433"
            })
    void everyOtherHostGetsTheSamePageWhateverIsAskedFor(String host) {
        for (var path : new String[] {"/", "/health", "/api/v1/projects", "/git/a/b.git/info/refs", "/static/x.css"}) {
            var reply =
                    world.http().get(path).with("Host", host).as(world.owner()).send();
            assertThat(reply.status()).as(path).isEqualTo(404);
            assertThat(reply.body()).startsWith("Nothing is deployed here. ");
        }
    }

    @Test
    void anAppWhoseRouteIsMissingIsNotSaidToBeNoApp() {
        var project = world.project(world.team, "shop");
        var web = world.workload(project, world.service(project, "web"));
        var worker = world.workload(project, world.service(project, "worker"));
        var hosts = world.routing.urls(List.of(web, worker)).values().stream()
                .map(urls -> URI.create(urls.getFirst()).getHost())
                .sorted()
                .toList();
        assertThat(hosts).containsExactly("web-shop.localhost", "worker-shop.localhost");
        for (var host : hosts) assertThat(at(host).status()).isEqualTo(404);

        var minute = Duration.ofMinutes(1);
        world.history(web).live(1, "Begin", minute);
        world.history(worker).live(1, "Begin", minute, minute, Map.of(), History.process("worker", "null", 1));
        var missing = at("WEB-shop.localhost.:80");
        assertThat(missing.status()).isEqualTo(503);
        assertThat(missing.header("Retry-After")).isPresent();
        assertThat(missing.body()).startsWith("The app is not running right now. ");
        assertThat(at("worker-shop.localhost").status()).isEqualTo(404);
    }

    private static Http.Reply at(String host) {
        return world.http().get("/").with("Host", host).send();
    }

    @Test
    void aForwardedHostIsNotBelieved() {
        var reply = world.http()
                .get("/")
                .with("Host", "evil.example.com")
                .with("X-Forwarded-Host", World.PANEL)
                .send();
        assertThat(reply.status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "404, 404, Nothing is deployed here",
        "502, 502, The app did not answer",
        "504, 502, The app did not answer",
        "503, 503, The app is not running right now",
        "200, 404, Nothing is deployed here",
        "x, 404, Nothing is deployed here"
    })
    void errorPagesAnswerOnEveryHost(String asked, int status, String heading) {
        var text = world.http()
                .get("/_signalbox/error/" + asked)
                .with("Host", "shop.example.com")
                .send();
        assertThat(text.status()).isEqualTo(status);
        assertThat(text.header("Content-Type").orElseThrow()).startsWith("text/plain");
        assertThat(text.body()).startsWith(heading + ". ");

        var page = world.http()
                .get("/_signalbox/error/" + asked)
                .with("Host", "shop.example.com")
                .with("Accept", "text/html,application/xhtml+xml")
                .send();
        assertThat(page.status()).isEqualTo(status);
        assertThat(page.header("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(page.body()).contains("<h1>" + heading + "</h1>").doesNotContainPattern("\\{[a-z]+}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"})
    void errorPagesAnswerEveryMethodAndDropTheBody(String method) {
        var reply = world.http()
                .ask(method, "/_signalbox/error/503")
                .with("Host", "shop.example.com")
                .body("x".repeat(100_000))
                .send();
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isPresent();
        if (!method.equals("HEAD")) assertThat(reply.body()).startsWith("The app is not running right now. ");
    }

    @ParameterizedTest
    @CsvSource({
        "/_signalbox/error/503, shop.example.com, 503",
        "/upload, shop.example.com, 404",
        "/api/v1/projects, localhost, 401",
        "/nowhere, localhost, 415"
    })
    void anAnswerBeforeTheBodyWaitsForItsEndSoThatNoConnectionIsReset(String path, String host, int status) {
        var body = "x".repeat(900_000);
        var upload = "POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: text/plain\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
        var answers = world.http().raw(upload + "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answers)
                .startsWith("HTTP/1.1 " + status)
                .contains("HTTP/1.1 200")
                .endsWith("{\"status\":\"ok\"}");
    }

    @Test
    void aPageOnAnAppsHostNeedsNothingElseFromThere() {
        var page = world.http()
                .get("/")
                .with("Host", "shop.example.com")
                .with("Accept", "text/html")
                .send();
        assertThat(page.body()).contains("<style>").doesNotContain("<script").doesNotContain(" src=");
        assertThat(page.header("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; style-src 'sha256-")
                .contains("frame-ancestors 'none'");
    }

    @Test
    void whoWatchesTheApplianceNeedsNoToken() {
        var reply = world.http().get("/health").send();
        assertThat(reply).hasToString("200 {\"status\":\"ok\"}");
    }
}
