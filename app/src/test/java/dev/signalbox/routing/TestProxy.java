package dev.signalbox.routing;

import dev.signalbox.engine.EngineExtension;
import dev.signalbox.projects.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;

/** A real proxy on free ports with a database of its own, and a panel that is a {@link TestBackend}. */
final class TestProxy implements AutoCloseable {
    static final String IMAGE = "traefik:v3.7";

    final ProxySettings settings;
    final Routing routing;
    final TestBackend panel = new TestBackend("panel");

    private final EngineExtension docker;
    private final TestWorkloads workloads;

    TestProxy(EngineExtension docker, Path directory) {
        this(docker, directory, freePort(), freePort());
    }

    TestProxy(EngineExtension docker, Path directory, int httpPort, int apiPort) {
        docker.image(IMAGE);
        this.docker = docker;
        settings = new ProxySettings(
                docker.instance(),
                directory.resolve("proxy"),
                httpPort,
                freePort(),
                apiPort,
                panel.address().port(),
                "localhost",
                IMAGE);
        workloads = new TestWorkloads(directory);
        routing = restarted(settings);
    }

    /** What a new process of ours would have. */
    Routing restarted(ProxySettings settings) {
        return new Routing(workloads.db, docker.engine(), settings, Clock.systemUTC(), workloads.ids);
    }

    /** A workload that is reached at {@code <name>.localhost}. */
    Workload workload(String name) {
        return workloads.production(name);
    }

    TestClient.Answer ask(String host, String path, String... headers) throws IOException {
        return TestClient.ask(settings.httpPort(), host, path, headers);
    }

    static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        panel.close();
        workloads.close();
    }
}
