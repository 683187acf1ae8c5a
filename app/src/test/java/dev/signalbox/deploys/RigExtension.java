package dev.signalbox.deploys;

import dev.signalbox.engine.CuttableSocket;
import dev.signalbox.engine.DockerEngine;
import dev.signalbox.engine.Engine;
import dev.signalbox.engine.EngineExtension;
import dev.signalbox.routing.TestBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives a test class a rig under way, with short time limits, and after each test deletes its projects. To be registered as
 * a static field.
 */
final class RigExtension implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private static final Duration HEALTH_LIMIT = Duration.ofSeconds(5);
    static final Duration SETTLE = Duration.ofMillis(700);
    /** Less than the proxy keeps idle connections for: whoever has requests under way needs more. */
    static final Duration DRAIN = Duration.ofMillis(1500);

    private static final Duration RELEASE_LIMIT = Duration.ofSeconds(4);

    final EngineExtension docker = new EngineExtension();
    private Duration settle = SETTLE;
    private Duration drain = DRAIN;
    private boolean isCuttable;
    private Path directory;
    private CuttableSocket socket;
    private DockerEngine cuttable;
    private TestBackend panel;
    private Rig rig;

    RigExtension settling(Duration duration) {
        settle = duration;
        return this;
    }

    RigExtension draining(Duration atMost) {
        drain = atMost;
        return this;
    }

    /** The rig reaches Docker over a {@link #socket} of its own. */
    RigExtension cuttable() {
        isCuttable = true;
        return this;
    }

    CuttableSocket socket() {
        return socket;
    }

    Rig rig() {
        return rig;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        docker.beforeAll(context);
        directory = Files.createTempDirectory("signalbox-rig");
        var ports = Ports.free();
        panel = new TestBackend("panel", ports.panel());
        rig = new Rig(directory, engine(), docker.instance(), ports, usual -> hurried(usual, settle, drain));
        rig.start();
    }

    private Engine engine() {
        if (!isCuttable) return docker.engine();
        socket = new CuttableSocket(directory.resolve("docker.sock"), EngineExtension.host());
        cuttable = DockerEngine.connect(socket.uri(), docker.instance(), Clock.systemUTC());
        return cuttable;
    }

    /** Time limits that a test can wait for. */
    static DeploySettings hurried(DeploySettings usual, Duration settle, Duration drain) {
        return new DeploySettings(
                usual.instance(),
                usual.routerPort(),
                Duration.ofSeconds(60),
                RELEASE_LIMIT,
                HEALTH_LIMIT,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                settle,
                drain,
                Duration.ofSeconds(5),
                Duration.ofSeconds(1));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        rig.deleteProjects();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        try {
            if (rig != null) rig.close();
            if (panel != null) panel.close();
            if (cuttable != null) cuttable.close();
            if (socket != null) socket.close();
        } finally {
            docker.afterAll(context);
        }
        if (directory == null) return;
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
