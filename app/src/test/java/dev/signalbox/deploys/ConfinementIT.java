package dev.signalbox.deploys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.engine.Container;
import dev.signalbox.engine.ContainerId;
import dev.signalbox.engine.ContainerSpec;
import dev.signalbox.engine.EngineExtension;
import dev.signalbox.engine.Eventually;
import dev.signalbox.engine.Limits;
import dev.signalbox.engine.Profile;
import dev.signalbox.engine.Restart;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the way on which a container came to run, it is confined as the engine confines one of its profile. */
class ConfinementIT {
    private static final String PROCFILE = "release: node -e \"setTimeout(() => {}, 700)\"\nweb: node server.js\n";
    private static final String DOCKERFILE = "FROM node:24-slim\nCOPY server.js .\n";

    @RegisterExtension
    static final RigExtension RIG = new RigExtension();

    private final Rig rig = RIG.rig();

    @ParameterizedTest
    @EnumSource
    void confinesEveryContainerAlike(Profile profile) {
        var workload = rig.workload("prison");
        var expected = confinement(reference(profile));

        var first = rig.queue(workload, files(profile, "version 1"));
        rig.await(first, State.RELEASING);
        assertConfined("release command", awaitContainer(first, "release.1"), expected);
        rig.requireLive(rig.awaitEnd(first));
        assertConfined("deployment", awaitContainer(first, "web.1"), expected);

        rig.deployWell(workload, files(profile, "version 2"));
        var rolledBack = rig.requireLive(rig.awaitEnd(rig.deploys.rollback(workload, 1, Rig.ACTOR)));
        assertConfined("roll back", awaitContainer(rolledBack, "web.1"), expected);

        var lost = rig.onlyContainer(rolledBack).id();
        rig.engine.removeContainer(lost);
        Eventually.within(
                Rig.AT_MOST,
                "another container",
                () -> rig.containers(rolledBack).stream()
                        .anyMatch(container ->
                                container.isRunning() && !container.id().equals(lost)));
        assertConfined("repair", awaitContainer(rolledBack, "web.1"), expected);
    }

    private static Map<String, String> files(Profile profile, String text) {
        var app = Apps.with(Apps.saying(text), "Procfile", PROCFILE);
        return switch (profile) {
            case RECIPE -> app;
            case FOREIGN -> Apps.with(app, "Dockerfile", DOCKERFILE);
        };
    }

    private ContainerId reference(Profile profile) {
        return rig.engine.createContainer(new ContainerSpec(
                RIG.docker.name("reference-" + profile.name().toLowerCase(Locale.ROOT)),
                RIG.docker.image(EngineExtension.DEBIAN),
                profile,
                null,
                Map.of(),
                Map.of(),
                null,
                List.of(),
                new Limits(512, null, 512, Duration.ofSeconds(5)),
                Restart.NEVER));
    }

    private Container awaitContainer(Deployment deployment, String process) {
        Eventually.within(
                Rig.AT_MOST,
                process,
                () -> rig.containers(deployment).stream()
                        .anyMatch(container -> container.labels().containsValue(process)));
        return rig.containers(deployment).stream()
                .filter(container -> container.labels().containsValue(process))
                .findFirst()
                .orElseThrow();
    }

    private static void assertConfined(String way, Container container, JsonNode expected) {
        assertThat(confinement(container.id())).as(way).isEqualTo(expected);
    }

    /** All that Docker was told about what the container may do; how it is restarted and connected is another matter. */
    private static JsonNode confinement(ContainerId id) {
        var container = RIG.docker.inspect(id);
        ObjectNode confinement = container.path("HostConfig").deepCopy();
        confinement.remove(List.of("RestartPolicy", "NetworkMode"));
        confinement.set("User", container.at("/Config/User"));
        confinement.set("StopTimeout", container.at("/Config/StopTimeout"));
        return confinement;
    }
}
