package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.projects.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scaling, limits and health over the API. */
class ProcessesApiTest {
    private static final String SERVICE = "/api/v1/projects/shop/services/web";
    private static final String PROCESSES = SERVICE + "/environments/production/processes";

    @TempDir
    Path directory;

    private World world;
    private String token;
    private Workload workload;
    private History history;

    @BeforeEach
    void start() {
        world = new World(directory).start();
        token = world.owner();
        var project = world.project(world.team, "shop");
        workload = world.workload(project, world.service(project, "web"));
        history = new History(world, workload);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void beforeTheFirstBuildThereIsNone() {
        assertThat(get().json().path("processes")).isEmpty();
        assertThat(change("web", "{\"replicas\":2}").status()).isEqualTo(404);
    }

    @Test
    void scalingIsADeploymentOfItsOwn() {
        live();

        var changed = change("worker", "{\"replicas\":3,\"memory_megabytes\":256,\"cpu_millis\":500}");

        assertThat(changed.status()).isEqualTo(202);
        assertThat(changed.json().path("deployment").asText()).isEqualTo(SERVICE + "/deployments/2");
        var worker = changed.json().path("process");
        assertThat(worker.path("replicas").asInt()).isEqualTo(3);
        assertThat(worker.path("running_replicas").asInt()).isEqualTo(1);
        assertThat(worker.path("memory_megabytes").asInt()).isEqualTo(256);
        assertThat(worker.path("cpu_millis").asInt()).isEqualTo(500);
        assertThat(worker.path("as_set").asBoolean()).isFalse();
        var deployment =
                world.http().get(SERVICE + "/deployments/2").as(token).send().json();
        assertThat(deployment.path("cause").asText()).isEqualTo("scale");
        assertThat(deployment.path("subject").asText()).isEqualTo("Begin");
    }

    @Test
    void whatIsSoAlreadyIsNotDeployed() {
        live();
        assertThat(change("web", "{\"replicas\":1}").json().path("deployment").isNull())
                .isTrue();
        assertThat(world.deploys.newest(workload))
                .map(newest -> newest.number())
                .contains(1L);
    }

    @Test
    void whatWaitsBringsItAlong() {
        live();
        history.queued(2, "A push", Duration.ofSeconds(1));
        assertThat(change("web", "{\"replicas\":2}").json().path("deployment").asText())
                .isEqualTo(SERVICE + "/deployments/2");
    }

    @Test
    void healthIsSetAsAWhole() {
        live();
        var changed = change(
                "web",
                "{\"health\":{\"kind\":\"http\",\"path\":\"/up\",\"status\":204,\"host\":\"shop.example.com\",\"tries\":5}}");
        assertThat(changed.status()).isEqualTo(202);
        assertThat(get().json().at("/processes/0/health").toString())
                .isEqualTo("{\"kind\":\"http\",\"path\":\"/up\",\"status\":204,\"host\":\"shop.example.com\","
                        + "\"start_seconds\":null,\"every_seconds\":null,\"timeout_seconds\":null,\"tries\":5}");
        change("web", "{\"health\":{\"kind\":\"usual\"}}");
        assertThat(get().json().at("/processes/0/health/kind").asText()).isEqualTo("usual");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"replicas\":-1} | replicas_invalid | replicas",
                "{\"replicas\":10000} | replicas_invalid | replicas",
                "{\"replicas\":1.5} | type_invalid | replicas",
                "{\"memory_megabytes\":0} | memory_invalid | memory_megabytes",
                "{\"memory_megabytes\":2000000000} | memory_invalid | memory_megabytes",
                "{\"cpu_millis\":-5} | cpu_invalid | cpu_millis",
                "{\"cpu_millis\":2001} | cpu_invalid | cpu_millis",
                "{\"replicas\":4,\"memory_megabytes\":1024} | memory_invalid | memory_megabytes",
                "{\"health\":{\"kind\":\"GET id\"}} | healthcheck_invalid | health.kind",
                "{\"health\":{}} | healthcheck_invalid | health.kind",
                "{\"health\":{\"kind\":\"http\",\"host\":\"x$(id)\"}} | healthcheck_invalid | health.host",
                "{\"health\":{\"kind\":\"http\",\"status\":700}} | healthcheck_invalid | health.status",
                "{\"health\":{\"kind\":\"tcp\",\"tries\":0}} | healthcheck_invalid | health.tries",
                "{\"health\":{\"kind\":\"up\",\"start_seconds\":86400}} | healthcheck_invalid | health.start_seconds",
                "{\"container_id\":\"x\"} | unknown_field | container_id"
            })
    void whatCannotBeIsSaidInASentence(String body, String code, String field) {
        live();
        var refused = change("web", body);
        assertThat(refused.status()).as(refused.body()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.field()).isEqualTo(field);
        assertThat(get().json().at("/processes/0/as_set").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ok;id",
                "$(id)",
                "/$(id)",
                "`id`",
                "|id",
                "&&id",
                "&id",
                "'id'",
                "\\nid",
                "%0aid",
                "${IFS}",
                "--help",
                "-oProxyCommand=id",
                "../../x",
                "%2e%2e%2f",
                "\\u0000",
                "\\u001b",
                "\\u202e",
                "\ud83d\ude00",
                "",
                " "
            })
    void aHostileHealthPathIsRefused(String path) {
        live();
        var refused = change("web", "{\"health\":{\"kind\":\"http\",\"path\":\"" + path + "\"}}");
        assertThat(refused.status()).as(refused.body()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("healthcheck_invalid");
        assertThat(refused.field()).isEqualTo("health.path");
    }

    @Test
    void onlyWebHasVisitorsToKeepAndAReleaseCommandHasNoReplicas() {
        live();
        assertThat(change("worker", "{\"sticky\":true}").code()).isEqualTo("sticky_invalid");
        assertThat(change("web", "{\"sticky\":true}").status()).isEqualTo(202);
        assertThat(change("release", "{\"replicas\":2}").code()).isEqualTo("replicas_invalid");
    }

    private void live() {
        history.live(
                1,
                "Begin",
                Duration.ofHours(1),
                Duration.ofSeconds(5),
                Map.of(),
                History.WEB,
                History.process("worker", "node worker.js", 1),
                History.process("release", "node migrate.js", 1));
    }

    private Http.Reply get() {
        return world.http().get(PROCESSES).as(token).send();
    }

    private Http.Reply change(String process, String body) {
        return world.http()
                .ask("PATCH", PROCESSES + "/" + process)
                .as(token)
                .json(body)
                .send();
    }
}
