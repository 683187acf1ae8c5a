package dev.signalbox.web;

import static dev.signalbox.db.schema.tables.Deployments.DEPLOYMENTS;
import static dev.signalbox.db.schema.tables.Workloads.WORKLOADS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.deploys.Deployment;
import dev.signalbox.projects.Service;
import dev.signalbox.projects.Workload;
import dev.signalbox.secrets.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Asking for deployments, and how they and the services are shown. */
class DeploymentsApiTest {
    private static final String SERVICE = "/api/v1/projects/shop/services/web";
    private static final String DEPLOY = SERVICE + "/environments/production/deployments";

    @TempDir
    Path directory;

    private World world;
    private String token;
    private Service service;
    private Workload workload;

    @BeforeEach
    void start() {
        world = new World(directory).start();
        token = world.owner();
        var project = world.project(world.team, "shop");
        service = world.service(project, "web");
        workload = world.workload(project, service);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void aDeploymentIsAcceptedAndHasAnAddress() {
        world.release(workload, 1);
        var accepted = deploy("{\"kind\":\"redeploy\"}");
        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.header("Location")).contains(SERVICE + "/deployments/1");
        assertThat(accepted.json().path("cause").asText()).isEqualTo("redeploy");
        assertThat(accepted.json().path("environment").asText()).isEqualTo("production");
        assertThat(accepted.json().path("actor").asText()).isEqualTo("token owner");
        assertThat(get(SERVICE + "/deployments/1").json().path("number").asInt())
                .isEqualTo(1);
        assertThat(get(SERVICE + "/deployments").json().path("deployments")).hasSize(1);
        assertThat(get(SERVICE)
                        .json()
                        .at("/environments/0/newest_deployment/number")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void aDeploymentSaysWhatItsSwitchCost() {
        var history = new History(world, workload);
        history.live(1, "Begin", Duration.ofHours(2));
        history.score(history.live(2, "Go on", Duration.ofHours(1)), Duration.ofHours(1), 412, 2, "410,512");
        history.measuring(history.live(3, "Go on", Duration.ofMinutes(1)), Duration.ofMinutes(1));

        var score = get(SERVICE + "/deployments/2").json().path("switch_score");
        assertThat(score.path("complete").asBoolean()).isTrue();
        assertThat(score.path("asked").asInt()).isEqualTo(412);
        assertThat(score.path("failed").asInt()).isEqualTo(2);
        assertThat(score.path("slowest_millis").asInt()).isEqualTo(38);
        assertThat(score.path("failures_millis").toString()).isEqualTo("[410,512]");
        assertThat(get(SERVICE + "/deployments/1").json().path("switch_score").isNull())
                .isTrue();
        assertThat(get(SERVICE + "/deployments/3")
                        .json()
                        .at("/switch_score/complete")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void whereNothingWasPushedThereIsNothingToDeploy() {
        var refused = deploy("{\"kind\":\"redeploy\"}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("nothing_to_deploy");
        assertThat(refused.body()).contains("git push signalbox main");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"kind\":\"rollback\"} | 422 | required | release",
                "{\"kind\":\"rollback\",\"release\":7} | 404 | not_found | release",
                "{\"kind\":\"rollback\",\"release\":-1} | 404 | not_found | release",
                "{\"kind\":\"rollback\",\"release\":2} | 409 | image_gone | release",
                "{\"kind\":\"rollback\",\"release\":1.5} | 422 | type_invalid | release",
                "{\"kind\":\"rollback\",\"release\":\"1\"} | 422 | type_invalid | release",
                "{\"kind\":\"rollback\",\"release\":99999999999999999999} | 400 | json_invalid | ``",
                "{\"kind\":\"redeploy\",\"release\":1} | 422 | release_unexpected | release",
                "{\"kind\":\"push\"} | 422 | kind_invalid | kind",
                "{\"kind\":\"redeploy\",\"container_id\":\"x\"} | 422 | unknown_field | container_id",
                "{} | 422 | required | kind"
            })
    void whatCannotBeDeployedIsNamed(String body, int status, String code, String field) {
        world.release(workload, 1);
        world.release(workload, 2, "sha256:" + "f".repeat(64));
        var refused = deploy(body);
        assertThat(refused.status()).as(refused.toString()).isEqualTo(status);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.field()).isEqualTo(field);
        assertThat(world.deploys.recent(service, 1)).isEmpty();
    }

    @Test
    void whatHasEndedCannotBeCancelled() {
        serve();
        var refused =
                world.http().post(SERVICE + "/deployments/1/cancel").as(token).send();
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("deployment_ended");
    }

    @Test
    void releasesAreListedNewestFirst() {
        world.release(workload, 1);
        world.release(workload, 3);
        assertThat(get(SERVICE + "/environments/production/releases").json().findValuesAsText("number"))
                .containsExactly("3", "1");
    }

    @Test
    void aChangeOfVariablesIsShownUntilItIsDeployed() {
        serve();
        assertThat(isChanged()).isFalse();
        world.clock.advance(Duration.ofSeconds(1));
        world.variables.replace(workload, Map.of("A", new Secret("1")));
        assertThat(isChanged()).isTrue();
    }

    private boolean isChanged() {
        return get(SERVICE)
                .json()
                .at("/environments/0/changed_since_last_deployment")
                .asBoolean();
    }

    /** A deployment that is live. */
    private void serve() {
        world.release(workload, 1);
        deploy("{\"kind\":\"redeploy\"}");
        world.deploys.close();
        Deployment deployment = world.deploys.find(service, 1).orElseThrow();
        world.db.change(sql -> {
            sql.update(DEPLOYMENTS)
                    .set(DEPLOYMENTS.STATE, "live")
                    .set(DEPLOYMENTS.REASON, (String) null)
                    .set(DEPLOYMENTS.FINISHED_AT, world.clock.instant())
                    .where(DEPLOYMENTS.ID.eq(deployment.id()))
                    .execute();
            sql.update(WORKLOADS)
                    .set(WORKLOADS.STATE, "live")
                    .set(WORKLOADS.DEPLOYMENT_ID, deployment.id())
                    .where(WORKLOADS.ID.eq(workload.id()))
                    .execute();
        });
    }

    private Http.Reply deploy(String body) {
        return world.http().post(DEPLOY).as(token).json(body).send();
    }

    private Http.Reply get(String path) {
        return world.http().get(path).as(token).send();
    }
}
