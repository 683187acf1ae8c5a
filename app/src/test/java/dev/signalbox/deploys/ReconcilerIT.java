package dev.signalbox.deploys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.engine.Container;
import dev.signalbox.engine.ContainerCommand;
import dev.signalbox.engine.ContainerId;
import dev.signalbox.engine.ContainerSpec;
import dev.signalbox.engine.DockerEngine;
import dev.signalbox.engine.Engine;
import dev.signalbox.engine.EngineExtension;
import dev.signalbox.engine.Eventually;
import dev.signalbox.engine.Limits;
import dev.signalbox.engine.Profile;
import dev.signalbox.projects.Workload;
import dev.signalbox.routing.Routing;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What others do to containers, routes and the proxy, and how it is put right. */
class ReconcilerIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String STRANGER = "dep_thatneverwas";

    @RegisterExtension
    static final RigExtension RIG = new RigExtension();

    @RegisterExtension
    static final EngineExtension OTHER = new EngineExtension();

    private final Rig rig = RIG.rig();

    @SuppressWarnings("ImmutableEnumChecker")
    enum Mishap {
        REMOVED(Engine::removeContainer),
        STOPPED((engine, id) -> engine.stopContainer(id, Duration.ofSeconds(5))),
        KILLED((engine, id) -> engine.stopContainer(id, Duration.ZERO));

        private final BiConsumer<Engine, ContainerId> deed;

        Mishap(BiConsumer<Engine, ContainerId> deed) {
            this.deed = deed;
        }
    }

    @ParameterizedTest
    @EnumSource
    void bringsBackWhatWasTakenAway(Mishap mishap) {
        var workload = rig.workload("victim");
        var deployment = rig.deployWell(workload, Apps.saying("version 1"));

        mishap.deed.accept(rig.engine, rig.onlyContainer(deployment).id());

        rig.awaitAnswer(workload, Apps.answer("version 1"));
        rig.awaitNothingBut(workload, deployment);
    }

    @Test
    void bringsBackAWorkerThoughTheProxyCannotRun(@TempDir Path directory) throws Exception {
        var ports = Ports.free();
        try (var intruder = new ServerSocket(ports.http());
                var rig = new Rig(
                        directory,
                        OTHER.engine(),
                        OTHER.instance(),
                        ports,
                        usual -> RigExtension.hurried(usual, RigExtension.SETTLE, RigExtension.DRAIN))) {
            assertThat(intruder.isBound()).isTrue();
            rig.deploys.start();
            var workload = rig.workload("mill");
            var deployment = rig.deployWell(workload, Apps.with(Apps.node(""), "Procfile", ProcessesIT.STAYS_UP));

            OTHER.engine().removeContainer(rig.onlyContainer(deployment).id());

            Eventually.within(
                    SOON, "worker", () -> rig.containers(workload).stream().anyMatch(Container::isRunning));
        }
    }

    @Test
    void removesStrangersThatCarryOurMarkAndNoOthers() {
        var ours = stranger(rig.engine, RIG.docker);
        try (var engine = DockerEngine.connect(EngineExtension.host(), OTHER.instance(), Clock.systemUTC())) {
            var foreign = stranger(engine, OTHER);

            Eventually.within(
                    SOON,
                    "removal",
                    () -> rig.engine.findContainer(ours.value()).isEmpty());

            assertThat(engine.findContainer(foreign.value()))
                    .map(Container::isRunning)
                    .contains(true);
        }
    }

    private static ContainerId stranger(Engine engine, EngineExtension docker) {
        var id = engine.createContainer(new ContainerSpec(
                docker.name("stranger"),
                docker.image(EngineExtension.DEBIAN),
                Profile.RECIPE,
                ContainerCommand.shell("sleep 300"),
                Map.of(),
                Map.of(Replicas.DEPLOYMENT, STRANGER),
                null,
                List.of(),
                Limits.DEFAULT));
        engine.startContainer(id);
        return id;
    }

    @Test
    void removesTheNetworkOfADeletedEnvironment() {
        var workload = rig.workload("homeless");
        rig.deployWell(workload, Apps.saying("version 1"));
        var label = Map.of(Replicas.ENVIRONMENT, workload.environment().id());
        assertThat(rig.engine.listNetworks(label)).hasSize(1);

        rig.projects.deleteEnvironment(workload.project(), workload.environment());

        Eventually.within(SOON, "removal", () -> rig.engine.listNetworks(label).isEmpty());
        assertThat(rig.containers(workload)).isEmpty();
        assertThat(rig.route(workload)).isEmpty();
    }

    @Test
    void bringsBackTheProxyWithItsRoutes() {
        var workload = rig.workload("victim");
        rig.deployWell(workload, Apps.saying("version 1"));

        rig.engine.listContainers(Routing.PROXY_LABELS).stream()
                .map(Container::id)
                .forEach(rig.engine::removeContainer);

        rig.awaitAnswer(workload, Apps.answer("version 1"));
    }

    @Test
    void putsARouteRightThatWasDeletedOrSpoilt() throws Exception {
        var workload = rig.workload("victim");
        rig.deployWell(workload, Apps.saying("version 1"));
        var route = rig.route(workload);

        Files.delete(rig.routeFile(workload));
        Eventually.within(SOON, "file", () -> rig.route(workload).equals(route));
        rig.awaitAnswer(workload, Apps.answer("version 1"));
        Files.writeString(rig.routeFile(workload), "{ this is no route");
        Eventually.within(SOON, "file", () -> rig.route(workload).equals(route));

        rig.awaitAnswer(workload, Apps.answer("version 1"));
    }

    @ParameterizedTest
    @EnumSource(names = {"BUILDING", "RELEASING", "CHECKING", "SETTLING", "LIVE"})
    void leavesNothingOfAServiceThatIsDeleted(State step) {
        var workload = rig.workload("doomed");
        rig.deployWell(workload, Apps.saying("version 1"));
        var deployment = rig.queue(workload, QueueIT.busyAt(step));
        rig.await(deployment, step);
        var follower = Follower.of(rig.logs.deployment(deployment.id()));
        Eventually.within(SOON, "first line", () -> !follower.lines().isEmpty());

        rig.projects.deleteService(workload.project(), workload.service());

        Eventually.within(
                SOON,
                "removal of everything",
                () -> rig.containers(workload).isEmpty() && rig.route(workload).isEmpty() && follower.sawEnd());
        assertThat(rig.deploys.find(deployment.id())).isEmpty();
        if (step != State.LIVE) assertThat(follower.lines()).endsWith("", "The service was deleted.");
    }

    @Test
    void saysOfAnAppThatKeepsCrashingThatItIsCrashingUntilItStands() {
        var workload = rig.workload("moody");
        var deployment = rig.deployWell(workload, Apps.node("""
                const start = Date.now();
                require('http').createServer((request, response) => {
                    if (request.url === '/crash') process.exit(1);
                    response.end('fine');
                }).listen(process.env.PORT);
                """));
        for (int crash = 1; crash <= 5; crash++) {
            rig.awaitAnswer(workload, "fine");
            rig.answer(workload, "/crash");
        }

        rig.await(workload, Workload.State.CRASHING);
        Eventually.within(
                SOON,
                "five ends",
                () -> rig.deploys.crashes().of(deployment.id()).size() >= 5);
        assertThat(rig.deploys.crashes().of(deployment.id()))
                .allSatisfy(
                        crash -> assertThat(crash.sentence())
                                .matches(
                                        "web\\.1 ended by itself with exit code 1(, .* after it started)?\\. It printed nothing\\."))
                .extracting(Crash::failure)
                .containsOnly(new Failure(Failure.Kind.ENDED, 1));

        rig.awaitAnswer(workload, "fine");
        rig.await(workload, Workload.State.LIVE);
        rig.awaitNothingBut(workload, deployment);
    }
}
