package dev.signalbox.deploys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.engine.Container;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the processes of an app are given, and what is asked of those that answer no requests. */
class ProcessesIT {
    static final String STAYS_UP = "worker: node -e \"setInterval(() => {}, 1000)\"\n";

    @RegisterExtension
    static final RigExtension RIG = new RigExtension();

    private final Rig rig = RIG.rig();

    @Test
    void runsAWorkerThatNobodyAsks() {
        var workload = rig.workload("mill");

        var deployment = rig.deployWell(workload, withProcfile(STAYS_UP));

        assertThat(rig.log(deployment))
                .contains(
                        "Start    worker",
                        "         worker.1 stayed up for 1.00 s",
                        "Route    no process takes requests",
                        "Settle   stayed up for 0.70 s");
        assertThat(rig.onlyContainer(deployment).isRunning()).isTrue();
        assertThat(rig.answer(workload, "/").status()).isEqualTo(503);
        assertThat(rig.answer(workload, "/").from()).isEqualTo("panel");
    }

    @Test
    void wantsAWorkerToStayUp() {
        var workload = rig.workload("mill");
        var good = rig.deployWell(workload, Apps.saying("version 1"));

        var failed = rig.deploy(
                workload,
                withProcfile("web: node server.js\nworker: node -e \"setTimeout(() => process.exit(5), 200)\"\n"));

        assertThat(failed.reason())
                .matches("worker\\.1 ended by itself with exit code 5, [0-9.]+ s after it started\\."
                        + " It printed nothing\\. #1 keeps serving\\.");
        rig.awaitNothingBut(workload, good);
        assertThat(rig.ask(workload)).isEqualTo(Apps.answer("version 1"));
    }

    @Test
    void preparesAReleaseBeforeItTakesRequests() {
        var workload = rig.workload("shop");
        rig.set(workload, Map.of("TABLE", "orders"));

        var deployment =
                rig.deployWell(workload, withProcfile("release: node -e \"console.log('made', process.env.TABLE)\"\n"));

        assertThat(rig.log(deployment))
                .containsSubsequence(
                        "Release  node -e \"console.log('made', process.env.TABLE)\"", "  made orders", "Start    web");
        assertThat(rig.deploys.steps(deployment))
                .extracting(Step::name)
                .containsExactly("building", "releasing", "starting", "checking", "routing", "settling");
        assertThat(rig.onlyContainer(deployment).labels()).containsValue("web.1");
    }

    @Test
    void changesNothingWhenAReleaseCannotBePrepared() {
        var workload = rig.workload("shop");
        var good = rig.deployWell(workload, Apps.saying("version 1"));

        var failed = rig.deploy(
                workload, withProcfile("release: node -e \"console.log('no such table'); process.exitCode = 9\"\n"));

        assertThat(failed.reason()).isEqualTo("The release command ended with exit code 9. #1 keeps serving.");
        assertThat(rig.log(failed)).contains("  no such table");
        rig.awaitNothingBut(workload, good);
    }

    @Test
    void waitsOnlySoLongForAReleaseCommand() {
        var workload = rig.workload("shop");

        var failed = rig.deploy(workload, withProcfile("release: sleep 300\n"));

        assertThat(failed.reason())
                .isEqualTo("The release command ran longer than 4.00 s and was stopped."
                        + " Nothing served before, and nothing does now.");
        assertThat(rig.containers(workload)).isEmpty();
    }

    @Test
    void givesAPortThatAPersonSetOrTheDockerfileExposesOrOurOwn() {
        var workload = rig.workload("ports");
        var app = Apps.evaluating("process.env.PORT");
        var dockerfile = "FROM node:24-slim\nCOPY server.js /\nCMD [\"node\", \"/server.js\"]\n";

        rig.deployWell(workload, app);
        assertThat(rig.ask(workload)).isEqualTo("8080");
        rig.deployWell(workload, Apps.with(app, "Dockerfile", dockerfile + "EXPOSE 5000\n"));
        assertThat(rig.ask(workload)).isEqualTo("5000");
        rig.deployWell(workload, Apps.with(app, "Dockerfile", dockerfile + "EXPOSE 5000 5001\n"));
        assertThat(rig.ask(workload)).isEqualTo("8080");
        rig.set(workload, Map.of("PORT", "3000"));
        rig.deployWell(workload, Apps.with(app, "Dockerfile", dockerfile + "EXPOSE 5000\n"));
        assertThat(rig.ask(workload)).isEqualTo("3000");
    }

    @Test
    void tellsAProcessWhereItRuns() throws Exception {
        var workload = rig.workload("lodge");
        rig.set(workload, Map.of("GREETING", "hello \"you\" = me", "SIGNALBOX_PROJECT", "a lie"));
        var files = Apps.evaluating("JSON.stringify(process.env)");

        rig.deployWell(workload, files);

        var told = new ObjectMapper().readTree(rig.ask(workload));
        assertThat(told.path("GREETING").asText()).isEqualTo("hello \"you\" = me");
        assertThat(told.path("SIGNALBOX_PROJECT").asText()).isEqualTo("lodge");
        assertThat(told.path("SIGNALBOX_SERVICE").asText()).isEqualTo("lodge");
        assertThat(told.path("SIGNALBOX_ENVIRONMENT").asText()).isEqualTo("production");
        assertThat(told.path("SIGNALBOX_DEPLOYMENT").asText()).isEqualTo("1");
        assertThat(told.path("SIGNALBOX_COMMIT").asText()).isEqualTo(rig.sources.commit(files));
    }

    @Test
    void namesTheShellThatAnImageLacks() {
        var workload = rig.workload("bare");

        var failed = rig.deploy(
                workload,
                Map.of("Dockerfile", "FROM scratch\nCOPY Procfile /\nCMD [\"/app\"]\n", "Procfile", "web: ./app\n"));

        assertThat(failed.reason())
                .isEqualTo("web.1 cannot run: the image has no /bin/sh, which runs the command of a Procfile."
                        + " Put a shell into the image, or take the Procfile away so that the image's own command runs."
                        + " Nothing served before, and nothing does now.");
        assertThat(rig.containers(workload)).isEmpty();
    }

    @Test
    void noticesThatAContainerWasRemovedWhileItStarted() {
        var workload = rig.workload("prey");
        var deployment = rig.queue(workload, Sickness.NEVER_LISTENS.app());
        rig.await(deployment, State.CHECKING);

        rig.containers(deployment).stream().map(Container::id).forEach(rig.engine::removeContainer);

        assertThat(rig.awaitEnd(deployment).reason())
                .matches("web\\.1 was (removed from outside while it started|ended by signal 9 .*)\\."
                        + " Nothing served before, and nothing does now\\.");
    }

    private static Map<String, String> withProcfile(String text) {
        return Apps.with(Apps.saying("version 2"), "Procfile", text);
    }
}
