package dev.signalbox.engine;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The promises of the interface, kept by the real engine. */
class DockerEngineIT extends EngineKit {
    @RegisterExtension
    static final EngineExtension docker = new EngineExtension();

    private static final AtomicInteger names = new AtomicInteger();

    private final DockerEngine engine = DockerEngine.connect(EngineExtension.host(), docker.instance(), clock);

    @AfterEach
    void close() {
        engine.close();
    }

    @Override
    Engine engine() {
        return engine;
    }

    @Override
    ImageId image() {
        return docker.image(EngineExtension.DEBIAN);
    }

    @Override
    ContainerCommand staysUp() {
        return ContainerCommand.shell("sleep 300");
    }

    @Override
    String name() {
        return docker.name("kit" + names.incrementAndGet());
    }
}
