package dev.signalbox.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Short ways to have containers of the Debian image, for tests that look at what a container does. */
final class Sandbox {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final AtomicInteger names = new AtomicInteger();

    private final EngineExtension docker;
    private final Engine engine;

    Sandbox(EngineExtension docker, Engine engine) {
        this.docker = docker;
        this.engine = engine;
    }

    /** Makes a container that runs the shell script. */
    ContainerId create(String script) {
        return engine.createContainer(spec(script, Profile.RECIPE, null));
    }

    ContainerId start(String script) {
        var id = create(script);
        engine.startContainer(id);
        return id;
    }

    /** What a container with the profile prints until it ends. */
    String output(Profile profile, String script) throws InterruptedException {
        var id = engine.createContainer(spec(script, profile, null));
        engine.startContainer(id);
        awaitEnd(id);
        return engine.tail(id, 100).stream().map(LogLine::text).collect(Collectors.joining("\n"));
    }

    void awaitEnd(ContainerId id) throws InterruptedException {
        var stream = engine.follow(id, null, line -> {});
        assertThat(stream.awaitEnd(LONGEST)).as("the container's end").isTrue();
    }

    ContainerSpec spec(String script, Profile profile, Address address) {
        return new ContainerSpec(
                docker.name("box" + names.incrementAndGet()),
                docker.image(EngineExtension.DEBIAN),
                profile,
                new ContainerCommand(List.of("/bin/sh", "-c", script)),
                Map.of(),
                Map.of(),
                address,
                List.of(),
                new Limits(64, 500, 100, Duration.ofSeconds(5)),
                Restart.NEVER);
    }
}
