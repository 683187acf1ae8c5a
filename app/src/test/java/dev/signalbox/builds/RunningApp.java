package dev.signalbox.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.engine.ContainerCommand;
import dev.signalbox.engine.ContainerId;
import dev.signalbox.engine.ContainerSpec;
import dev.signalbox.engine.Engine;
import dev.signalbox.engine.EngineExtension;
import dev.signalbox.engine.Limits;
import dev.signalbox.engine.LogLine;
import dev.signalbox.engine.Restart;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A container of a built image, as the appliance would run its web process. */
final class RunningApp implements AutoCloseable {
    private static final int PORT = 4321;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Engine engine;
    private final ContainerId id;
    private final String address;

    private RunningApp(Engine engine, ContainerId id, String address) {
        this.engine = engine;
        this.id = id;
        this.address = address;
    }

    static RunningApp start(EngineExtension docker, BuiltImage image) {
        var engine = docker.engine();
        var web = image.processes().stream()
                .filter(process -> process.name().equals(ProcessType.WEB))
                .findFirst()
                .orElseThrow();
        var network = engine.ensureNetwork(docker.name("apps"), Map.of());
        var address = engine.reserveAddress(network.name());
        var id = engine.createContainer(new ContainerSpec(
                docker.name("app" + NAMES.incrementAndGet()),
                image.id(),
                image.profile(),
                web.command() == null ? null : ContainerCommand.shell(web.command()),
                Map.of("PORT", String.valueOf(PORT)),
                Map.of(),
                address,
                List.of(),
                Limits.DEFAULT,
                Restart.NEVER));
        engine.startContainer(id);
        return new RunningApp(engine, id, address.ip());
    }

    /** What it answers, as soon as it does. */
    String text(String path) throws InterruptedException {
        var answer = get(path);
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
        return answer.body();
    }

    HttpResponse<String> get(String path) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://" + address + ":" + PORT + path))
                .timeout(PATIENCE)
                .build();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return client.send(request, BodyHandlers.ofString());
            } catch (IOException e) {
                boolean runs = engine.findContainer(id.value()).orElseThrow().isRunning();
                if (!runs || System.nanoTime() > end)
                    throw new AssertionError("no answer; it printed: " + printed(), e);
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }
    }

    /** Ends it as a deployment does. */
    void stop() {
        engine.stopContainer(id, Duration.ofSeconds(10));
    }

    int exitCode() {
        return engine.findContainer(id.value()).orElseThrow().exitCode();
    }

    List<String> printed() {
        return engine.tail(id, 50).stream().map(LogLine::text).toList();
    }

    @Override
    public void close() {
        engine.removeContainer(id);
        client.close();
    }
}
