package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not a well-formed request is refused by name, and every answer carries the same headers. */
class RequestsTest {
    private static final String CREATE = "/api/v1/projects";

    @TempDir
    static Path directory;

    private static World world;
    private static String token;
    private static Scene scene;

    @BeforeAll
    static void start() {
        world = new World(directory).start();
        token = world.owner();
        scene = Scene.of(world, world.team);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":\"shop\",\"role\":\"owner\"} | 422 | unknown_field | role",
                "{\"name\":\"shop\",\"team_id\":\"t\"} | 422 | unknown_field | team_id",
                "{\"name\":\"shop\",\"id\":1} | 422 | unknown_field | id",
                "{} | 422 | required | name",
                "{\"name\":null} | 422 | required | name",
                "{\"name\":7} | 422 | type_invalid | name",
                "{\"name\":true} | 422 | type_invalid | name",
                "{\"name\":[\"shop\"]} | 422 | type_invalid | name",
                "{\"name\":{\"a\":1}} | 422 | type_invalid | name",
                "{\"name\":\"Shop\"} | 422 | name_invalid | name",
                "{\"name\":\"api\"} | 422 | name_invalid | name",
                "{\"name\":\"shop\",\"name\":\"shop2\"} | 400 | json_invalid | ``",
                "{\"name\":\"shop\"} {} | 400 | json_invalid | ``",
                "{\"name\":\"shop\" | 400 | json_invalid | ``",
                "[] | 400 | json_invalid | ``",
                "null | 400 | json_invalid | ``",
                "\"shop\" | 400 | json_invalid | ``",
                "{name:'shop'} | 400 | json_invalid | ``",
            })
    void aBodyIsReadStrictly(String body, int status, String code, String field) {
        var reply = world.http().post(CREATE).as(token).json(body).send();
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.field()).isEqualTo(field);
        assertThat(reply.json().at("/error/request_id").asText())
                .isEqualTo(reply.header("X-Request-Id").orElseThrow());
        assertThat(world.projects.find(world.team, "shop")).isEmpty();
    }

    @Test
    void anEmptyBodyIsNotAnObject() {
        var reply = world.http().post(CREATE).as(token).send();
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("json_invalid");
    }

    @Test
    void aDeepBodyIsRefused() {
        var deep = "{\"name\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
        var reply = world.http().post(CREATE).as(token).json(deep).send();
        assertThat(reply.status()).isBetween(400, 422);
        assertThat(reply.code()).isIn("json_invalid", "type_invalid");
    }

    @Test
    void aLargeBodyIsRefusedWhetherItsLengthIsSaidOrNot() {
        var large = "{\"name\":\"" + "a".repeat(2 * 1024 * 1024) + "\"}";
        var said = world.http().post(CREATE).as(token).json(large).send();
        assertThat(said.status()).isEqualTo(413);
        assertThat(said.code()).isEqualTo("body_too_large");
        var chunk = "a".repeat(Bodies.LARGEST + 1);
        var unsaid = world.http()
                .raw("POST " + CREATE + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                        + token + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + Integer.toHexString(chunk.length()) + "\r\n" + chunk + "\r\n0\r\n\r\n");
        assertThat(unsaid).startsWith("HTTP/1.1 413").contains("body_too_large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""})
    void onlyJsonIsTaken(String type) {
        var ask = world.http().post(CREATE).as(token).body("{\"name\":\"shop\"}");
        var reply = (type.isEmpty() ? ask : ask.with("Content-Type", type)).send();
        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.code()).isEqualTo("media_type_unsupported");
    }

    @Test
    void anOperationWithoutABodyTakesNone() {
        var path = scene.path("/api/v1/projects/{project}/services/{service}/deployments/{deployment}/cancel");
        var reply = world.http().post(path).as(token).json("{\"force\":true}").send();
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.code()).isEqualTo("unknown_field");
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, parameter_invalid",
        "limit=201, parameter_invalid",
        "limit=-1, parameter_invalid",
        "limit=1e99, parameter_invalid",
        "limit=, parameter_invalid",
        "limit=1&limit=2, parameter_invalid",
        "sort=name, parameter_unknown",
        "token=x, parameter_unknown"
    })
    void parametersAreReadStrictly(String query, String code) {
        var path = scene.path("/api/v1/projects/{project}/services/{service}/deployments?") + query;
        var reply = world.http().get(path).as(token).send();
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "access_token"})
    void aTokenInTheAddressIsNoToken(String parameter) {
        var reply =
                world.http().get("/api/v1/projects?" + parameter + "=" + token).send();
        assertThat(reply.status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Token x",
                "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJvd25lciJ9.",
                "Bearer signalbox_000000000000_0000000000000000000000000000000000000000"
            })
    void whatIsNoTokenOfOursLetsNobodyIn(String authorization) {
        var reply = world.http()
                .get("/api/v1/projects")
                .with("Authorization", authorization)
                .send();
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).contains("Bearer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api//v1/projects",
                "/API/v1/projects",
                "/api/v1/projects/",
                "/api/v1/Projects",
                "/api/v01/projects",
                "//api/v1/projects",
                "/api/v1/projects;x=1",
                "/api;x=1/v1/projects",
                "/api/v1/./projects",
                "/x/../api/v1/projects",
                "/api/%2e%2e/api/v1/projects",
                "/api/v1/projects%2f",
                "/api/v1%2fprojects",
                "/api/v1/%70rojects",
                "/api/v1/projects%00",
                "/api/v1/projects%"
            })
    void anotherSpellingNeverAnswersWithoutAToken(String target) {
        var anonymous = world.http().rawGet(target);
        assertThat(anonymous).matches(answer -> answer.startsWith("HTTP/1.1 40"), "refused");
        assertThat(anonymous).doesNotContain("\"projects\"").doesNotContainIgnoringCase("jetty");
    }

    @Test
    void headersDoNotChangeTheMethodOrThePath() {
        for (var header : Map.of(
                        "X-HTTP-Method-Override", "DELETE",
                        "X-Original-URL", "/health",
                        "X-Rewrite-URL", "/health",
                        "X-Forwarded-Prefix", "/x",
                        "X-Forwarded-User", "owner",
                        "X-WEBAUTH-USER", "owner")
                .entrySet()) {
            var reply = world.http()
                    .get(scene.path("/api/v1/projects/{project}"))
                    .with(header.getKey(), header.getValue())
                    .send();
            assertThat(reply.status()).as(header.getKey()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /api/v1/projects",
        "OPTIONS, /api/v1/projects",
        "DELETE, /health",
        "POST, /",
        "PATCH, /api/v1/tokens"
    })
    void anotherMethodIsRefusedAndTheRightOnesAreNamed(String method, String path) {
        var reply = world.http()
                .ask(method, path)
                .as(token)
                .with("Origin", "https://evil.example.com")
                .send();
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.code()).isEqualTo("method_not_allowed");
        assertThat(reply.header("Allow").orElseThrow()).contains("GET");
        assertThat(reply.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void headIsGetWithoutTheBody() {
        assertThat(world.http().ask("HEAD", CREATE).send().status()).isEqualTo(401);
        var reply = world.http().ask("HEAD", CREATE).as(token).send();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEmpty();
    }

    @Test
    void everyAnswerCarriesTheHeaders() {
        for (var operation : world.routes().operations()) {
            var fresh = Scene.of(world, world.team);
            check(fresh.ask(world, operation).send());
            check(fresh.ask(world, operation).as(token).send());
        }
        for (var route : world.routes().open()) {
            var path = scene.path(route.path()).replace("{status}", "503").replace("{name}", "nothing.css");
            var method =
                    route.takesEveryMethod() ? "GET" : route.verbs().getFirst().name();
            check(world.http().ask(method, path).send());
        }
        check(world.http().get("/nothing").send());
        check(world.http().ask("TRACE", "/").send());
        check(world.http().get("/").with("Host", "elsewhere.example.com").send());
    }

    private static void check(Http.Reply reply) {
        var from = reply.response().request().uri() + " " + reply.status();
        var headers = reply.response().headers();
        for (var header : SecurityHeaders.common().entrySet()) {
            // What git gets must not be kept either, in the words that its clients know.
            if (header.getKey().equals("Cache-Control") && from.contains("/git/")) continue;
            assertThat(headers.allValues(header.getKey())).as(from).containsExactly(header.getValue());
        }
        assertThat(reply.header("X-Request-Id")).as(from).isPresent();
        assertThat(reply.header("Server")).as(from).isEmpty();
        assertThat(reply.header("X-Powered-By")).as(from).isEmpty();
        assertThat(reply.header("Set-Cookie")).as(from).isEmpty();
        assertThat(reply.header("Access-Control-Allow-Origin")).as(from).isEmpty();
    }

    @Test
    void whatNeverReachesARouteIsRefusedWithoutAWordAboutUs() {
        for (var request : new String[] {
            "GET / HTTP/1.1\r\n\r\n",
            "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
            "NONSENSE\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(20_000) + "\r\n\r\n",
            "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"
        }) {
            assertThat(world.http().raw(request))
                    .matches(answer -> answer.startsWith("HTTP/1.1 4") || answer.startsWith("HTTP/1.1 505"), "refused")
                    .doesNotContainIgnoringCase("jetty")
                    .doesNotContain("Server:")
                    .contains("X-Content-Type-Options: nosniff");
        }
    }

    @Test
    void aFailureTellsNothingOfTheInside(@TempDir Path broken) {
        try (var sick = new World(broken).start()) {
            var owner = sick.owner();
            sick.db.change(sql -> sql.execute("DROP TABLE projects"));
            var reply = sick.http().get("/api/v1/projects").as(owner).send();
            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.code()).isEqualTo("internal");
            assertThat(reply.json().at("/error/request_id").asText())
                    .isEqualTo(reply.header("X-Request-Id").orElseThrow());
            assertThat(reply.body()).doesNotContain("projects").doesNotContainIgnoringCase("sql");
        }
    }
}
