package dev.signalbox.web;

import static dev.signalbox.db.schema.tables.Deployments.DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.Accounts.TokenRequest;
import dev.signalbox.accounts.Role;
import dev.signalbox.accounts.Scope;
import dev.signalbox.logs.DeploymentLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs as JSON, as text, and as they come. */
class LogsApiTest {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String SERVICE = "/api/v1/projects/shop/services/web";
    private static final String LOG = SERVICE + "/deployments/1/log";

    @TempDir
    Path directory;

    private World world;
    private String token;
    private DeploymentLog log;

    @BeforeEach
    void start() {
        world = new World(directory);
        world.start(new WebSettings(0, World.PANEL, 1_000, 1_000, 1_000, 1_000, 1_000, 3, 4), UnaryOperator.identity());
        token = world.owner();
        var project = world.project(world.team, "shop");
        var service = world.service(project, "web");
        // A deployment that nobody works on, so that its log is the test's own.
        world.db.change(sql -> sql.insertInto(DEPLOYMENTS)
                .set(DEPLOYMENTS.ID, "dep_1")
                .set(DEPLOYMENTS.SERVICE_ID, service.id())
                .set(DEPLOYMENTS.WORKLOAD_ID, world.workload(project, service).id())
                .set(DEPLOYMENTS.NUMBER, 1L)
                .set(DEPLOYMENTS.CAUSE, "push")
                .set(DEPLOYMENTS.STATE, "queued")
                .set(DEPLOYMENTS.ACTOR, "test")
                .set(DEPLOYMENTS.QUEUED_AT, world.clock.instant())
                .execute());
        log = world.features.logs().deployment("dep_1");
    }

    @AfterEach
    void stop() {
        log.end();
        world.close();
    }

    @Test
    void itIsReadAsJson() {
        log.line("Building");
        log.output("\u001b[31mred\u001b[0m \u001b]0;title\u0007<b>");
        var lines = world.http().get(LOG).as(token).send().json().path("lines");
        assertThat(lines.findValuesAsText("number")).containsExactly("1", "2");
        assertThat(lines.path(0).path("text").asText()).isEqualTo("Building");
        assertThat(lines.path(0).path("ours").asBoolean()).isTrue();
        assertThat(lines.path(1).path("text").asText()).contains("red", "<b>").doesNotContain("title");
    }

    @Test
    void asTextItIsFollowedToItsEnd() throws IOException {
        log.line("one");
        try (var reader = new Reader(LOG, "text/plain", token)) {
            assertThat(reader.next()).isEqualTo("one");
            log.line("two");
            assertThat(reader.next()).isEqualTo("two");
            log.end();
            assertThat(reader.rest()).isEmpty();
            assertThat(reader.headers()).anyMatch(line -> line.startsWith("Content-Type: text/plain"));
        }
    }

    @Test
    void asEventsItGoesOnWhereAClientLeftOff() throws IOException {
        log.line("one");
        log.line("two");
        try (var reader = new Reader(LOG, "text/event-stream", token, "Last-Event-ID: 1")) {
            assertThat(reader.nextEvent())
                    .containsExactly(
                            "id: 2",
                            "event: line",
                            "data: {\"number\":2,\"at\":\"2026-11-19T14:32:05.123Z\",\"ours\":true,\"text\":\"two\"}");
            log.line("three");
            assertThat(reader.nextEvent()).contains("id: 3");
            log.end();
            assertThat(reader.nextEvent()).containsExactly("id: end", "event: end", "data: {}");
            assertThat(reader.rest()).isEmpty();
            assertThat(reader.headers()).anyMatch(line -> line.startsWith("Content-Type: text/event-stream"));
        }
    }

    @Test
    void whoLosesTheirTokenReadsNoMore() throws IOException {
        var made = world.accounts.createToken(
                world.team, new TokenRequest("x", Role.VIEWER, EnumSet.of(Scope.LOGS_READ), null, null));
        try (var reader = new Reader(LOG, "text/event-stream", made.text().reveal());
                var service = new Reader(
                        SERVICE + "/environments/production/logs",
                        "text/event-stream",
                        made.text().reveal())) {
            var begin = System.nanoTime();
            world.accounts.revokeToken(world.team, made.id());
            assertThat(reader.rest()).isEmpty();
            assertThat(service.rest()).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
        }
    }

    @Test
    void onlySoManyAreFollowedAtOnce() throws IOException {
        var open = new ArrayList<Reader>();
        for (int i = 0; i < 3; i++) open.add(new Reader(LOG, "text/event-stream", token));
        var fourth = follow(token);
        assertThat(fourth.status()).isEqualTo(429);
        assertThat(fourth.code()).isEqualTo("too_many_streams");
        assertThat(fourth.header("Retry-After")).isPresent();
        var other = world.owner();
        open.add(new Reader(LOG, "text/event-stream", other));
        assertThat(follow(other).status()).isEqualTo(503);

        log.end();
        for (var reader : open) {
            assertThat(reader.rest()).isNotEmpty();
            reader.close();
        }
        assertThat(follow(token).status()).isEqualTo(200);
    }

    private Http.Reply follow(String as) {
        return world.http().get(LOG).as(as).with("Accept", "text/event-stream").send();
    }

    @Test
    void theTailOfAServiceIsEmptyBeforeItPrinted() {
        var reply = world.http()
                .get(SERVICE + "/environments/production/logs?tail=5000")
                .as(token)
                .send();
        assertThat(reply.body()).isEqualTo("{\"lines\":[]}");
    }

    @Test
    void whoWantsNoBodyDoesNotWaitForOne() {
        var reply = world.http()
                .ask("HEAD", LOG)
                .as(token)
                .with("Accept", "text/event-stream")
                .send();
        assertThat(reply.status()).isEqualTo(200);
    }

    /** Reads an answer line by line while it comes. */
    private final class Reader implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader lines;
        private final List<String> headers = new ArrayList<>();

        /** With HTTP/1.0, so that no chunks are in between. */
        Reader(String target, String accept, String token, String... more) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), world.http().port());
            socket.setSoTimeout(PATIENCE_MILLIS);
            var request = "GET " + target + " HTTP/1.0\r\nHost: localhost\r\nAccept: " + accept
                    + "\r\nAuthorization: Bearer " + token + "\r\n" + String.join("\r\n", more)
                    + (more.length == 0 ? "" : "\r\n") + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (var line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                headers.add(line);
            }
            assertThat(headers.getFirst()).endsWith("200 OK");
        }

        List<String> headers() {
            return headers;
        }

        String next() throws IOException {
            return lines.readLine();
        }

        List<String> nextEvent() throws IOException {
            var event = new ArrayList<String>();
            for (var line = next(); line != null && !line.isEmpty(); line = next()) event.add(line);
            return event;
        }

        List<String> rest() throws IOException {
            return lines.lines().toList();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
