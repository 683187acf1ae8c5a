package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.AuditKit;
import dev.signalbox.accounts.Role;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Variables: what they may be, and who sees them. */
class VariablesApiTest {
    private static final String PATH = "/api/v1/projects/shop/services/web/environments/production/variables";

    @TempDir
    Path directory;

    private World world;
    private String token;

    @BeforeEach
    void start() {
        world = new World(directory).start();
        token = world.owner();
        world.service(world.project(world.team, "shop"), "web");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void aListHasNamesAndTimesAndNoValues() {
        assertThat(put("{\"A\":\"very secret\",\"B\":\"\"}").status()).isEqualTo(200);
        var list = world.http().get(PATH).as(token).send();
        assertThat(list.json().path("variables").findValuesAsText("name")).containsExactly("A", "B");
        assertThat(list.body()).doesNotContain("very secret").contains("2026-11-19T14:32:05.123Z");
    }

    @Test
    void puttingReplacesAllOfThem() {
        put("{\"A\":\"1\",\"B\":\"2\"}");
        put("{\"B\":\"3\"}");
        assertThat(reveal("A", token).status()).isEqualTo(404);
        assertThat(reveal("B", token).json().path("value").asText()).isEqualTo("3");
    }

    @Test
    void patchingLeavesTheOthers() {
        put("{\"A\":\"1\",\"B\":\"2\"}");
        var changed = world.http()
                .ask("PATCH", PATH)
                .as(token)
                .json("{\"variables\":{\"A\":null,\"C\":\"3\"}}")
                .send();
        assertThat(changed.json().path("variables").findValuesAsText("name")).containsExactly("B", "C");
        assertThat(reveal("B", token).json().path("value").asText()).isEqualTo("2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"A;id\":\"x\"} | env_key_invalid | variables.A;id",
                "{\"A=B\":\"x\"} | env_key_invalid | variables.A=B",
                "{\"lower\":\"x\"} | env_key_invalid | variables.lower",
                "{\"LD_PRELOAD\":\"x\"} | env_key_invalid | variables.LD_PRELOAD",
                "{\"PATH\":\"x\"} | env_key_invalid | variables.PATH",
                "{\"\":\"x\"} | env_key_invalid | variables.",
                "{\"A\":\"x\\u0000y\"} | env_value_invalid | variables.A",
                "{\"PORT\":\"http\"} | env_value_invalid | variables.PORT",
                "{\"A\":null} | type_invalid | variables.A",
                "{\"A\":1} | type_invalid | variables.A",
                "{\"A\":{}} | type_invalid | variables.A",
                "[] | type_invalid | variables"
            })
    void oneBadOneAndNothingIsChanged(String variables, String code, String field) {
        put("{\"KEEP\":\"1\"}");
        var refused = put(variables);
        assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.field()).isEqualTo(field);
        assertThat(reveal("KEEP", token).json().path("value").asText()).isEqualTo("1");
    }

    @Test
    void whatIsTooLargeOrTooManySaysHowMuchFits() {
        assertThat(put("{\"A\":\"" + "a".repeat(96 * 1024) + "\"}").status()).isEqualTo(200);
        assertThat(put("{\"A\":\"" + "a".repeat(96 * 1024 + 1) + "\"}").code()).isEqualTo("env_value_too_large");
        assertThat(put("{\"" + "A".repeat(101) + "\":\"\"}").code()).isEqualTo("env_key_invalid");
        assertThat(put(many(500, 10)).status()).isEqualTo(200);
        assertThat(put(many(501, 10)).code()).isEqualTo("too_long");
        assertThat(put(many(6, 90 * 1024)).code()).isEqualTo("env_too_large");
    }

    private static String many(int count, int length) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"V" + i + "\":\"" + "x".repeat(length) + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }

    @Test
    void revealingIsForAdminsAndIsWrittenDownWithoutTheValue() {
        put("{\"A\":\"very secret\"}");
        assertThat(reveal("A", world.token(world.team, Role.MEMBER)).status()).isEqualTo(403);
        var revealed = reveal("A", world.token(world.team, Role.ADMIN));
        assertThat(revealed.json().path("value").asText()).isEqualTo("very secret");
        assertThat(AuditKit.recent(world.audit, world.team, 10))
                .extracting(line -> line.action() + " " + line.object() + " " + line.outcome() + " " + line.detail())
                .containsExactly(
                        "variables.reveal " + PATH + "/A/reveal done null",
                        "variables.reveal " + PATH + "/A/reveal refused role_too_weak",
                        "variables.replace " + PATH + " done A");
    }

    private Http.Reply put(String variables) {
        return world.http()
                .ask("PUT", PATH)
                .as(token)
                .json("{\"variables\":" + variables + "}")
                .send();
    }

    private Http.Reply reveal(String name, String as) {
        return world.http().post(PATH + "/" + name + "/reveal").as(as).send();
    }
}
