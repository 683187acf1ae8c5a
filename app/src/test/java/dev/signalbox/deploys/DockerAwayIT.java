package dev.signalbox.deploys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.engine.CuttableSocket;
import dev.signalbox.engine.Eventually;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Docker that goes away in the middle of a deployment, and comes back. */
class DockerAwayIT {
    private static final String AWAY = "(Docker cannot be reached at .*|The connection to Docker broke .*"
            + "|Docker stopped in the middle of the build\\. .*)";

    @RegisterExtension
    static final RigExtension RIG =
            new RigExtension().settling(Duration.ofSeconds(3)).cuttable();

    private final Rig rig = RIG.rig();
    private final CuttableSocket socket = RIG.socket();

    @AfterEach
    void stopCutting() {
        rig.sources.whenLive = () -> {};
    }

    @ParameterizedTest
    @EnumSource(names = {"BUILDING", "RELEASING", "CHECKING", "SETTLING"})
    void endsWhatIsUnderWayAndPutsAllRightWhenDockerIsBack(State step) {
        var workload = rig.workload("castaway");
        var good = rig.deployWell(workload, Apps.saying("version 1"));
        var route = rig.route(workload);
        var deployment = rig.queue(workload, QueueIT.busyAt(step));
        rig.await(deployment, step);

        socket.cut();
        var failed = rig.awaitEnd(deployment);

        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.reason()).matches(AWAY + " #1 keeps serving\\.");
        assertThat(rig.route(workload)).isEqualTo(route);
        assertThat(rig.ask(workload)).isEqualTo(Apps.answer("version 1"));
        socket.mend();
        rig.awaitNothingBut(workload, good);
        rig.deployWell(workload, Apps.saying("version 3"));
        assertThat(rig.ask(workload)).isEqualTo(Apps.answer("version 3"));
    }

    @Test
    void isLiveForGoodOnceItIsLive() {
        var workload = rig.workload("castaway");
        rig.deployWell(workload, Apps.saying("version 1"));
        rig.sources.whenLive = socket::cut;

        var second = rig.deploy(workload, Apps.saying("version 2"));

        assertThat(second.state()).isEqualTo(State.LIVE);
        assertThat(rig.ask(workload)).isEqualTo(Apps.answer("version 2"));
        socket.mend();
        rig.awaitNothingBut(workload, second);
        rig.awaitAnswer(workload, Apps.answer("version 2"));
        awaitFirstAid(second);
    }

    @Test
    void isLiveThoughItsRefCannotMove() {
        var workload = rig.workload("castaway");
        rig.sources.whenLive = () -> {
            throw new IllegalStateException("the repository is locked");
        };

        var deployment = rig.deployWell(workload, Apps.saying("version 1"));

        assertThat(rig.log(deployment)).anyMatch(line -> line.startsWith("Live     after "));
        awaitFirstAid(deployment);
    }

    private static void awaitFirstAid(Deployment deployment) {
        var rig = RIG.rig();
        Eventually.within(
                Rig.AT_MOST,
                "a restart policy",
                () -> rig.containers(deployment).stream()
                        .map(container -> RIG.docker.inspect(container.id()))
                        .allMatch(container -> container
                                .at("/HostConfig/RestartPolicy/Name")
                                .asText()
                                .equals("on-failure")));
    }
}
