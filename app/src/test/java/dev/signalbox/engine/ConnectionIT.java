package dev.signalbox.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.engine.EngineException.Kind;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What happens when Docker goes away, hangs and comes back. */
class ConnectionIT {
    @RegisterExtension
    static final EngineExtension docker = new EngineExtension();

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final TimeLimits SHORT = new TimeLimits(
            Duration.ofMillis(500), Duration.ofMillis(500), Duration.ofSeconds(5), Duration.ofMillis(500));

    @TempDir
    private Path directory;

    private CuttableSocket socket;
    private DockerEngine engine;
    private Sandbox sandbox;

    @BeforeEach
    void connect() {
        socket = new CuttableSocket(directory.resolve("docker.sock"), EngineExtension.host());
        engine = DockerEngine.connect(socket.uri(), docker.instance(), Clock.systemUTC(), SHORT);
        sandbox = new Sandbox(docker, docker.engine());
    }

    @AfterEach
    void close() {
        engine.close();
        socket.close();
    }

    @Test
    void agreesOnAnApiVersion() {
        var version = engine.version();

        assertThat(version.api()).matches("1\\.4[1-4]");
        assertThat(version.release()).isNotEmpty();
        assertThat(version.storageDriver()).isNotEmpty();
    }

    @Test
    void asksNothingBeforeTheFirstCall() {
        var absent = URI.create("unix://" + directory.resolve("nowhere.sock"));

        DockerEngine.connect(absent, docker.instance(), Clock.systemUTC()).close();
    }

    @Test
    void saysThatDockerIsNotThere() {
        var absent = directory.resolve("nowhere.sock");
        try (var nowhere = DockerEngine.connect(URI.create("unix://" + absent), docker.instance(), Clock.systemUTC())) {
            assertThatThrownBy(nowhere::version)
                    .isInstanceOfSatisfying(
                            EngineException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE))
                    .hasMessage("Docker cannot be reached at " + absent
                            + " (no such file or directory). Start Docker, then try again.");
        }
        try (var refused =
                DockerEngine.connect(URI.create("tcp://127.0.0.1:1"), docker.instance(), Clock.systemUTC())) {
            assertThatThrownBy(() -> refused.findContainer("x"))
                    .hasMessage("Docker cannot be reached at tcp://127.0.0.1:1 (connection refused). "
                            + "Start Docker, then try again.");
        }
    }

    @Test
    void givesUpOnADockerThatHangs() {
        engine.version();
        socket.hang();
        long before = System.nanoTime();

        assertThatThrownBy(() -> engine.findContainer("web"))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMED_OUT))
                .hasMessageStartingWith("Docker did not answer within 0.5 s when asked to look at the container web.");

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
        socket.flow();
        assertThat(engine.findContainer("web")).isEmpty();
    }

    @Test
    void goesOnWithACallWhoseConnectionsAnotherCallGaveUp() {
        var isFirst = new AtomicBoolean(true);
        try (var connection = new DockerConnection(socket.uri(), TimeLimits.DEFAULT)) {
            var version = connection.ask("tell its version", session -> {
                if (isFirst.getAndSet(false)) connection.renew();
                return session.get("/version");
            });

            assertThat(version.path("Version").asText()).isNotEmpty();
        }
    }

    @Test
    void leavesNoConnectionBehindWhenItGivesUp() {
        socket.hang();
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> engine.findContainer("web")).isInstanceOf(EngineException.class);
        }
        socket.flow();

        Eventually.within(SOON, "closed connections", () -> socket.openConnections() <= 1);
    }

    @Test
    void goesOnAfterARestartOfDocker() {
        var spec = sandbox.spec("true", Profile.RECIPE, null);
        var id = engine.createContainer(spec);

        socket.drop();

        assertThat(engine.createContainer(spec)).isEqualTo(id);
        socket.drop();
        engine.startContainer(id);
        socket.cut();
        assertThatThrownBy(() -> engine.removeContainer(id)).hasMessageStartingWith("Docker cannot be reached at");
        socket.mend();
        engine.removeContainer(id);
        assertThat(engine.findContainer(id.value())).isEmpty();
    }

    @Test
    void tellsWhatHappenedWhileDockerWasAway() {
        var events = new CopyOnWriteArrayList<EngineEvent>();
        var id = sandbox.create("exit 3");
        var labels = docker.engine().findContainer(id.value()).orElseThrow().labels();
        var stream = engine.events(Map.of(), events::add);
        docker.engine().startContainer(id);
        Eventually.within(SOON, "the end", () -> events.size() == 2);

        socket.cut();
        docker.engine().removeContainer(id);
        socket.mend();

        Eventually.within(SOON, "what was missed", () -> events.size() == 4);
        assertThat(events.get(0)).isInstanceOf(EngineEvent.Started.class);
        assertThat(events.get(1)).isInstanceOfSatisfying(EngineEvent.Died.class, died -> {
            assertThat(died.id()).isEqualTo(id);
            assertThat(died.exitCode()).isEqualTo(3);
            assertThat(died.labels()).isEqualTo(labels);
        });
        assertThat(events.get(2)).isInstanceOf(EngineEvent.Resumed.class);
        assertThat(events.get(3)).isInstanceOf(EngineEvent.Removed.class);
        stream.close();
    }

    @Test
    void waitsForADockerThatIsNotThereYet() {
        socket.cut();
        var events = new CopyOnWriteArrayList<EngineEvent>();
        engine.events(Map.of(), events::add);
        var id = sandbox.create("true");

        socket.mend();

        Eventually.within(SOON, "Docker", () -> !events.isEmpty());
        assertThat(events).first().isInstanceOf(EngineEvent.Resumed.class);
        docker.engine().startContainer(id);
        Eventually.within(SOON, "start and end", () -> events.size() == 3);
    }

    @Test
    void goesOnWithALogWhereItBrokeOff() {
        var lines = new CopyOnWriteArrayList<LogLine>();
        var id = sandbox.start("i=0; while [ $i -lt 30 ]; do echo $i; i=$((i+1)); sleep 0.1; done");
        var stream = engine.follow(id, null, lines::add);
        Eventually.within(SOON, "a line", () -> lines.size() > 2);

        socket.drop();

        Eventually.within(SOON, "all lines", () -> lines.size() == 30);
        assertThat(lines.stream().map(line -> Integer.parseInt(line.text()))).isSorted();
        stream.close();
    }

    @Test
    void endsItsStreamsWhenItIsClosed() throws InterruptedException {
        var log = engine.follow(sandbox.start("sleep 300"), null, line -> {});
        var events = engine.events(Map.of(), event -> {});

        engine.close();

        assertThat(log.awaitEnd(SOON)).isTrue();
        assertThat(events.awaitEnd(SOON)).isTrue();
        Eventually.within(SOON, "closed connections", () -> socket.openConnections() == 0);
    }

    @Test
    void saysThatDockerStoppedInTheMiddleOfABuild() {
        var request = new BuildRequest(docker.name("cut") + ":1", "Dockerfile", null, Map.of(), Map.of(), true);
        var file = TarFiles.of(Map.of("Dockerfile", "FROM debian:trixie-slim\nRUN echo now; sleep 300\n"));

        assertThatThrownBy(() -> engine.build(request, file, event -> {
                    if (event instanceof BuildEvent.StepOutput) socket.cut();
                }))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE))
                .hasMessageStartingWith("The connection to Docker broke when it was asked to build the image");
    }

    @Test
    void doesNotLetStreamsHoldUpCalls() {
        var id = sandbox.start("sleep 300");
        var streams = IntStream.range(0, 100)
                .mapToObj(i -> engine.follow(id, null, line -> {}))
                .toList();

        assertThat(engine.findContainer(id.value())).isPresent();
        streams.forEach(Engine.Stream::close);
    }
}
