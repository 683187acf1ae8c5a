package dev.signalbox.deploys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.engine.Container;
import dev.signalbox.engine.Eventually;
import dev.signalbox.engine.LogLine;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is left of a deployment that failed, and until when. */
class EvidenceIT {
    @RegisterExtension
    static final RigExtension RIG = new RigExtension();

    private final Rig rig = RIG.rig();

    @Test
    void theContainersOfAFailedDeploymentStayStoppedUntilOneGoesWell() {
        var workload = rig.workload("witness");
        var good = rig.deployWell(workload, Apps.saying("version 1"));
        var failed = rig.deploy(workload, Sickness.ANSWERS_500.app());
        assertThat(failed.state()).isEqualTo(State.FAILED);

        var left = rig.onlyContainer(failed);
        assertThat(left.state()).isEqualTo(Container.State.EXITED);
        awaitAnotherPass();
        assertThat(rig.onlyContainer(failed)).isEqualTo(left);
        rig.engine.startContainer(left.id());
        Eventually.within(Rig.AT_MOST, "rest", () -> !rig.onlyContainer(failed).isRunning());
        assertThat(rig.ask(workload)).isEqualTo(Apps.answer("version 1"));

        var next = rig.deployWell(workload, Apps.saying("version 2"));
        Eventually.within(
                Rig.AT_MOST, "nothing of it", () -> rig.containers(failed).isEmpty());
        Eventually.within(
                Rig.AT_MOST,
                "nothing of the old one",
                () -> rig.containers(good).isEmpty());
        assertThat(rig.onlyContainer(next).isRunning()).isTrue();
    }

    @Test
    void aReleaseCommandThatFailsCanBeReadInItsContainer() {
        var workload = rig.workload("witness");
        var failed = rig.deploy(
                workload,
                Map.of(
                        "Dockerfile",
                        "FROM debian:trixie-slim\nCOPY Procfile /\n",
                        "Procfile",
                        "release: cat /not/there\nweb: true\n"));
        assertThat(failed.reason()).startsWith("The release command ended with exit code 1.");
        assertThat(rig.engine.tail(rig.onlyContainer(failed).id(), 5))
                .extracting(LogLine::text)
                .containsExactly("cat: /not/there: No such file or directory");
    }

    @Test
    void whatWasCancelledLeavesNothing() {
        var workload = rig.workload("witness");
        var cancelled = rig.queue(workload, Sickness.NEVER_LISTENS.app());
        rig.await(cancelled, State.CHECKING);
        assertThat(rig.deploys.cancel(cancelled, "Mara")).isEqualTo(CancelOutcome.CANCELLING);
        rig.awaitEnd(cancelled);
        assertThat(rig.containers(cancelled)).isEmpty();
    }

    /** A container that nobody wants is gone after a look at everything. */
    private void awaitAnotherPass() {
        var other = rig.workload("other");
        var deployment = rig.deployWell(other, Apps.saying("another"));
        rig.engine.removeContainer(rig.onlyContainer(deployment).id());
        Eventually.within(
                Rig.AT_MOST,
                "a repair",
                () -> rig.containers(deployment).stream().anyMatch(Container::isRunning));
    }
}
