package dev.signalbox.deploys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.engine.Eventually;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What those who ask during a switch are answered, measured by ourselves. */
class SwitchScoreIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    @RegisterExtension
    static final RigExtension RIG = new RigExtension();

    private final Rig rig = RIG.rig();

    @Test
    void aSwitchCostsNobodyAnything() {
        var workload = rig.workload("steady");
        var first = rig.deployWell(workload, Apps.saying("version 1"));

        var second = rig.deployWell(workload, Apps.saying("version 2"));

        var score = score(second);
        System.out.println(score);
        assertThat(score.isComplete()).isTrue();
        assertThat(score.asked()).isGreaterThanOrEqualTo(RigExtension.SETTLE.toMillis() / 100);
        assertThat(score.failed()).isZero();
        assertThat(score.slowest()).isPositive();
        assertThat(rig.deploys.scores().of(first))
                .as("nothing moved when there was but one")
                .isEmpty();
    }

    @Test
    void whatASickReleaseCostIsCountedUntilTheOldOneIsBack() {
        var workload = rig.workload("shaky");
        rig.deployWell(workload, Apps.saying("version 1"));

        var failed = rig.deploy(workload, Apps.node("""
                let requests = 0;
                require('http').createServer((request, response) => {
                    response.writeHead(++requests < 3 ? 200 : 503).end();
                }).listen(process.env.PORT);
                """));

        assertThat(failed.state()).isEqualTo(State.FAILED);
        var score = score(failed);
        assertThat(score.failed()).isPositive().isLessThan(score.asked());
        assertThat(score.failures()).hasSize((int) score.failed());
        assertThat(rig.ask(workload)).isEqualTo(Apps.answer("version 1"));
    }

    @Test
    void nothingIsMeasuredWhereNoRequestsMove() {
        var workload = rig.workload("mill");
        rig.deployWell(workload, worker("one"));

        var second = rig.deployWell(workload, worker("two"));

        assertThat(rig.deploys.scores().isMeasuring(second)).isFalse();
        assertThat(rig.deploys.scores().of(second)).isEmpty();
    }

    @Test
    void theAppCanTellOurRequestsFromOthers() {
        var workload = rig.workload("witness");
        var app = """
                const seen = new Set();
                require('http').createServer((request, response) => {
                    const ours = request.headers['x-signalbox-probe'];
                    if (ours) seen.add(ours + ' ' + request.headers.host.split(':')[0] + ' ' + request.url);
                    response.end(ours ? 'noted' : [...seen].join(', '));
                }).listen(process.env.PORT);
                """;
        rig.deployWell(workload, Apps.saying("version 1"));

        rig.deployWell(workload, Apps.node(app));

        assertThat(rig.ask(workload)).isEqualTo("switch " + rig.host(workload) + " /");
    }

    @Test
    void aDeletedServiceLeavesNothingToMeasure() {
        var workload = rig.workload("doomed");
        rig.deployWell(workload, Apps.saying("version 1"));
        var deployment = rig.queue(workload, QueueIT.busyAt(State.SETTLING));
        rig.await(deployment, State.SETTLING);

        rig.projects.deleteService(workload.project(), workload.service());

        Eventually.within(
                SOON, "end of the measurement", () -> !rig.deploys.scores().isMeasuring(deployment));
        assertThat(rig.deploys.scores().of(deployment)).isEmpty();
    }

    private SwitchScore score(Deployment deployment) {
        Eventually.within(
                SOON, "score", () -> rig.deploys.scores().of(deployment).isPresent());
        return rig.deploys.scores().of(deployment).orElseThrow();
    }

    private static Map<String, String> worker(String text) {
        return Apps.with(Apps.saying(text), "Procfile", ProcessesIT.STAYS_UP);
    }
}
