package dev.signalbox.deploys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.engine.Eventually;
import dev.signalbox.projects.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From a commit to what answers through the real proxy. */
class DeployIT {
    @RegisterExtension
    static final RigExtension RIG = new RigExtension().draining(Duration.ofSeconds(10));

    private final Rig rig = RIG.rig();

    @Test
    void bringsAFirstReleaseToWhoeverAsks() {
        var workload = rig.workload("hello");

        var deployment = rig.deployWell(workload, Apps.saying("version 1"));

        assertThat(rig.ask(workload)).isEqualTo(Apps.answer("version 1"));
        assertThat(deployment.number()).isEqualTo(1);
        assertThat(deployment.replaces()).isNull();
        assertThat(deployment.release()).isEqualTo(1);
        assertThat(rig.deploys.steps(deployment))
                .extracting(Step::name, Step::state)
                .map(step -> step.toList().toString())
                .containsExactly(
                        "[building, done]",
                        "[starting, done]",
                        "[checking, done]",
                        "[routing, done]",
                        "[settling, done]");
        assertThat(rig.deploys.steps(deployment))
                .filteredOn(step -> !List.of("building", "starting").contains(step.name()))
                .extracting(Step::detail)
                .satisfiesExactly(
                        checked -> assertThat(checked).matches("GET / answered 200 after [0-9.]+ s"),
                        switched -> assertThat(switched).matches("switched in [0-9.]+ s"),
                        settled -> assertThat(settled).matches("([0-9]+) of \\1 answers through the router were good"));
        assertThat(rig.log(deployment)).contains("Start    web").anyMatch(line -> line.startsWith("Live     after "));
        assertThat(rig.projects.findWorkload(workload.id()))
                .map(Workload::state)
                .contains(Workload.State.LIVE);
        rig.awaitNothingBut(workload, deployment);
        assertThat(RIG.docker
                        .inspect(rig.onlyContainer(deployment).id())
                        .at("/HostConfig/RestartPolicy/Name")
                        .asText())
                .isEqualTo("on-failure");
    }

    @Test
    void replacesWhatServed() {
        var workload = rig.workload("hello");
        rig.deployWell(workload, Apps.saying("version 1"));

        var second = rig.deployWell(workload, Apps.saying("version 2"));

        assertThat(rig.ask(workload)).isEqualTo(Apps.answer("version 2"));
        assertThat(second.replaces()).isEqualTo(1);
        rig.awaitNothingBut(workload, second);
        assertThat(rig.ask(workload)).isEqualTo(Apps.answer("version 2"));
    }

    @Test
    void losesNoRequestDuringASwitch() throws InterruptedException {
        var workload = rig.workload("busy");
        var versions = List.of("version 1", "version 2", "version 3", "version 4");
        var printed = new CopyOnWriteArrayList<String>();
        var serving = rig.deployWell(workload, Apps.saying(versions.getFirst()));
        try (var traffic = Traffic.mixed(rig.ports.http(), rig.host(workload), Set.copyOf(versions))) {
            for (var version : versions.subList(1, versions.size())) {
                var said = rig.engine.follow(rig.onlyContainer(serving).id(), null, line -> printed.add(line.text()));
                serving = rig.deployWell(workload, Apps.saying(version));
                assertThat(said.awaitEnd(Rig.AT_MOST))
                        .as("the end of what was replaced")
                        .isTrue();
            }
            serving = rig.requireLive(rig.awaitEnd(rig.deploys.redeploy(workload, Rig.ACTOR)));
            rig.awaitNothingBut(workload, serving);
            Eventually.within(
                    Rig.AT_MOST,
                    "answers of the last release",
                    () -> traffic.answered().containsKey(versions.getLast()));
            traffic.stop();

            System.out.println(traffic.failures().size() + " of " + traffic.sent() + " requests failed in "
                    + versions.size() + " switches, " + traffic.answered());
            assertThat(traffic.failures()).isEmpty();
            assertThat(traffic.answered()).containsOnlyKeys(versions);
            assertThat(traffic.sent()).isGreaterThan(500);
        }
        assertThat(printed).containsExactly("got SIGTERM", "got SIGTERM", "got SIGTERM");
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheOldReleaseServingWhenTheNewOneIsSick(Sickness sickness) {
        var workload = rig.workload("patient");
        rig.limitMemory(workload, "web", Sickness.MEMORY);
        var good = rig.deployWell(workload, Apps.saying("version 1"));
        var route = rig.route(workload);
        var container = rig.onlyContainer(good);

        var failed = rig.deploy(workload, sickness.app());

        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.reason()).matches(sickness.reason("#1 keeps serving."));
        assertThat(rig.log(failed)).endsWith("", failed.reason()).anyMatch(line -> line.endsWith(sickness.lastLine()));
        assertThat(rig.deploys.steps(failed).getLast().state()).isEqualTo("failed");
        assertThat(rig.containers(workload)).containsExactly(container);
        assertThat(rig.route(workload)).isEqualTo(route);
        assertThat(rig.ask(workload)).isEqualTo(Apps.answer("version 1"));
        assertThat(rig.deploys.serving(workload)).map(Deployment::number).contains(1L);
    }

    @ParameterizedTest
    @EnumSource(names = {"EXITS_AT_ONCE", "DIES_WHEN_REQUESTS_COME"})
    void showsOurOwnPageWhenTheFirstReleaseIsSick(Sickness sickness) {
        var workload = rig.workload("stillborn");

        var failed = rig.deploy(workload, sickness.app());

        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.reason()).matches(sickness.reason("Nothing served before, and nothing does now."));
        assertThat(rig.containers(workload)).isEmpty();
        assertThat(rig.answer(workload, "/").from()).isEqualTo("panel");
        assertThat(rig.deploys.serving(workload)).isEmpty();
        assertThat(rig.projects.findWorkload(workload.id()))
                .map(Workload::state)
                .contains(Workload.State.NOT_DEPLOYED);
    }

    @Test
    void saysWhyABuildFailed() {
        var workload = rig.workload("broken");
        rig.deployWell(workload, Apps.saying("version 1"));

        var failed = rig.deploy(
                workload, Map.of("Dockerfile", "FROM debian:trixie-slim\nRUN echo no compiler here && exit 4\n"));

        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.reason()).endsWith("failed with exit code 4. #1 keeps serving.");
        assertThat(rig.log(failed)).anyMatch(line -> line.endsWith("no compiler here"));
        assertThat(rig.ask(workload)).isEqualTo(Apps.answer("version 1"));
    }

    @Test
    void doesNotBuildOnADiskThatIsTooFull(@TempDir Path directory) throws Exception {
        var instance = RIG.docker.instance();
        var full = new Rig(
                directory,
                rig.engine,
                instance,
                Ports.free(),
                usual -> RigExtension.hurried(usual, RigExtension.SETTLE, RigExtension.DRAIN),
                roomy -> roomy.withNeed(1L << 50, 0).withPatience(Duration.ZERO));
        try (full) {
            var workload = full.workload("stuffed");

            var failed = full.deploy(workload, Apps.saying("version 1"));

            assertThat(failed.state()).isEqualTo(State.FAILED);
            assertThat(failed.reason())
                    .matches(
                            "The disk cannot hold this build\\. It needs about 1125900 GB, [0-9.]+ GB are free\\."
                                    + " Make room, then deploy again; the page Disk shows what takes it up\\. Nothing served before, and nothing does now\\.");
            assertThat(full.deploys.releases(workload)).isEmpty();
        }
    }
}
