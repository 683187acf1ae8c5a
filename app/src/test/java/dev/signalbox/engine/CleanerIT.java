package dev.signalbox.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a crashed run of the tests leaves does not stay. */
class CleanerIT {
    @RegisterExtension
    static final EngineExtension docker = new EngineExtension();

    @Test
    void removesWhatACrashedRunLeft() throws InterruptedException {
        var own = TestInstance.fresh();
        var crashed = new TestInstance(own.pid(), own.startedAt() - 3600, own.suffix()).toString();
        var name = "signalbox-" + crashed;
        var kept = new Sandbox(docker, docker.engine()).start("exec sleep 300");
        try (var engine = DockerEngine.connect(EngineExtension.host(), crashed, Clock.systemUTC())) {
            engine.ensureNetwork(name, Map.of());
            var image = engine.build(
                    new BuildRequest(name + ":1", "Dockerfile", null, Map.of(), Map.of(), false),
                    TarFiles.of(Map.of("Dockerfile", "FROM debian:trixie-slim\nCMD [\"sleep\", \"300\"]\n")),
                    event -> {});
            engine.startContainer(engine.createContainer(new ContainerSpec(
                    name,
                    image,
                    Profile.RECIPE,
                    null,
                    Map.of(),
                    Map.of(),
                    engine.reserveAddress(name),
                    List.of(),
                    Limits.DEFAULT)));

            new Cleaner(docker.connection()).remove(TestInstance::isLeftOver);

            assertThat(engine.listContainers(Map.of())).isEmpty();
            assertThat(engine.listNetworks(Map.of())).isEmpty();
            assertThat(engine.findImage(name + ":1")).isEmpty();
        }
        assertThat(docker.engine().findContainer(kept.value()).map(Container::isRunning))
                .contains(true);
    }
}
