package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hostile texts in every text field there is: never a failure, never slow, and what is kept is kept as it was. */
class PayloadSweepTest {
    /** Escapes, so that half of a character goes over the wire too. */
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static final Duration SLOW = Duration.ofSeconds(2);
    private static final Duration SLOW_MATCH = Duration.ofMillis(200);

    private static final List<String> PAYLOADS = List.of(
            ";id",
            "$(id)",
            "`id`",
            "|id",
            "&&id",
            "&id",
            "'id'",
            "\"id\"",
            "\nid",
            "%0aid",
            "${IFS}",
            "--help",
            "-oProxyCommand=id",
            "../../x",
            "%2e%2e%2f",
            "a\u0000b",
            "a\u001b[2Jb",
            "a\u202eb",
            "a".repeat(10_000),
            "\ud83d\ude82",
            "\ud800",
            "",
            " ",
            "' OR 1=1--",
            "\"; DROP TABLE projects;--",
            "<img src=x onerror=alert(1)>",
            "${7*7}",
            "__${T(java.lang.Runtime).getRuntime()}__::.x",
            "[[${1}]]",
            "a\r\nX-Injected: 1");

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

    static Stream<String> payloads() {
        return PAYLOADS.stream();
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void everyFieldOfEveryBodyTakesIt(String payload) throws IOException {
        for (var operation : world.routes().operations()) {
            var valid = Scene.body(operation.heading().name());
            if (valid.isEmpty()) continue;
            for (var field : (Iterable<String>) JSON.readTree(valid)::fieldNames) {
                for (var value : hostile(payload)) {
                    ObjectNode body = (ObjectNode) JSON.readTree(valid.replace("FRESH", Scene.fresh(world)));
                    body.set(field, value);
                    check(operation, scene.ask(world, operation).json(JSON.writeValueAsString(body)));
                }
            }
        }
    }

    /** The text itself, in a list, as a key and as a value. */
    private static List<JsonNode> hostile(String payload) {
        var text = JSON.getNodeFactory().textNode(payload);
        return List.of(
                text,
                JSON.createArrayNode().add(text),
                JSON.valueToTree(Map.of(payload, "x")),
                JSON.valueToTree(Map.of("PAYLOAD", payload)));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void everyNameInEveryPathTakesIt(String payload) {
        var encoded = URLEncoder.encode(payload, StandardCharsets.UTF_8).replace("+", "%20");
        for (var operation : world.routes().operations()) {
            for (var name : scene.names().keySet()) {
                var path = operation.heading().path();
                if (!path.contains("{" + name + "}")) continue;
                var ask = world.http()
                        .ask(operation.heading().verb().name(), scene.path(path.replace("{" + name + "}", encoded)))
                        .json("{}");
                check(operation, ask);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void everyParameterTakesIt(String payload) {
        var encoded = URLEncoder.encode(payload, StandardCharsets.UTF_8);
        for (var operation : world.routes().operations()) {
            for (var parameter : operation.input().parameters()) {
                var reply = check(
                        operation,
                        world.http()
                                .ask(
                                        operation.heading().verb().name(),
                                        scene.path(operation.heading().path()) + "?" + parameter.name() + "="
                                                + encoded));
                assertThat(reply.status()).as(operation.id() + ": " + reply).isEqualTo(422);
            }
        }
    }

    private static Http.Reply check(Operation<?, ?, ?> operation, Http.Ask ask) {
        var begin = System.nanoTime();
        var reply = ask.as(token).send();
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .as(operation.id())
                .isLessThan(SLOW);
        assertThat(reply.status()).as(operation.id() + ": " + reply).isLessThan(500);
        assertThat(reply.header("X-Injected")).isEmpty();
        return reply;
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void aVariableIsKeptAsItWas(String payload) throws IOException {
        var path = scene.path("/api/v1/projects/{project}/services/{service}/environments/staging/variables");
        var put = world.http()
                .ask("PUT", path)
                .as(token)
                .json(JSON.writeValueAsString(Map.of("variables", Map.of("PAYLOAD", payload))))
                .send();
        if (put.status() == 422) {
            assertThat(payload).containsAnyOf("\u0000", "\ud800");
            return;
        }
        assertThat(put.status()).as(put.toString()).isEqualTo(200);
        var revealed = world.http().post(path + "/PAYLOAD/reveal").as(token).send();
        assertThat(revealed.json().path("value").asText()).isEqualTo(payload);
    }

    @Test
    void noPatternIsSlowWhateverItReads() {
        for (var bait :
                List.of("a-".repeat(50_000), "(".repeat(100_000), "a".repeat(100_000) + "!", "/.".repeat(50_000))) {
            var begin = System.nanoTime();
            for (var word : Word.all()) assertThat(word.parse().apply(bait)).isEmpty();
            new Hosts("panel.example.com").isPanel(bait);
            ClientAddress.of("127.0.0.1", bait);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SLOW_MATCH);
        }
    }
}
