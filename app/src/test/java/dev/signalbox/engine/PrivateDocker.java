package dev.signalbox.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.space.Tmpfs;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A daemon of the test's own on a small disk of its own, for what concerns a whole engine. It is in a
 * network namespace of its own, and shares nothing with the one that everybody uses.
 */
public final class PrivateDocker implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String INSTANCE = "private";

    private final Tmpfs disk;
    private final Process daemon;
    private final DockerEngine engine;

    private PrivateDocker(Tmpfs disk, Process daemon, DockerEngine engine) {
        this.disk = disk;
        this.daemon = daemon;
        this.engine = engine;
    }

    /** Needs root, as its disk does. */
    public static PrivateDocker start(Path directory, int megabytes) throws IOException {
        var disk = Tmpfs.mount(directory, megabytes);
        var socket = directory.resolve("docker.sock");
        var log = directory.resolve("dockerd.log");
        var name = "signalbox-" + TestInstance.fresh();
        // Without a bridge of its own, a daemon removes the one of everybody: it may see no network but its own.
        var daemon = new ProcessBuilder(List.of(
                        "unshare",
                        "--net",
                        "dockerd",
                        "--config-file=" + Files.writeString(directory.resolve("daemon.json"), "{}"),
                        "--host=unix://" + socket,
                        "--data-root=" + disk.place(),
                        "--exec-root=" + directory.resolve("exec"),
                        "--pidfile=" + directory.resolve("dockerd.pid"),
                        "--containerd-namespace=" + name,
                        "--containerd-plugins-namespace=" + name + "-plugins",
                        "--bridge=none",
                        "--iptables=false",
                        "--ip6tables=false",
                        "--ip-forward=false",
                        "--storage-driver=overlay2"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        var engine = DockerEngine.connect(URI.create("unix://" + socket), INSTANCE, Clock.systemUTC());
        var docker = new PrivateDocker(disk, daemon, engine);
        try {
            Eventually.within(PATIENCE, "an answer of the daemon; see " + log, docker::answers);
        } catch (AssertionError e) {
            e.addSuppressed(new AssertionError(Files.readString(log)));
            docker.close();
            throw e;
        }
        return docker;
    }

    private boolean answers() {
        assertThat(daemon.isAlive()).as("the daemon runs").isTrue();
        try {
            engine.version();
            return true;
        } catch (EngineException e) {
            return false;
        }
    }

    public Engine engine() {
        return engine;
    }

    /** Where its data is. */
    public Tmpfs disk() {
        return disk;
    }

    @Override
    public void close() throws IOException {
        engine.close();
        daemon.destroy();
        daemon.onExit()
                .completeOnTimeout(daemon, PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        daemon.destroyForcibly();
        disk.close();
    }
}
