package dev.signalbox.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.signalbox.engine.Container.State;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Containers as they really run: how they stop, what they print, where they listen. */
class ContainersIT {
    @RegisterExtension
    static final EngineExtension docker = new EngineExtension();

    private static final Duration SOON = Duration.ofSeconds(10);

    private final Engine engine = docker.engine();
    private final Sandbox sandbox = new Sandbox(docker, engine);

    @Test
    void givesAProcessTheTimeItNeedsToStop() {
        var id = sandbox.start(
                "trap 'perl -e \"select undef, undef, undef, 0.5\"; exit 7' TERM; echo ready; while :; do sleep 0.1; done");
        awaitLine(id, "ready");

        engine.stopContainer(id, Duration.ofSeconds(10));

        assertThat(engine.findContainer(id.value()))
                .hasValueSatisfying(
                        container -> assertThat(container.exitCode()).isEqualTo(7));
    }

    @Test
    void killsAProcessThatDoesNotStop() {
        var id = sandbox.start("trap '' TERM; echo ready; while :; do sleep 0.1; done");
        awaitLine(id, "ready");
        long before = System.nanoTime();

        engine.stopContainer(id, Duration.ofSeconds(1));

        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(4));
        assertThat(engine.findContainer(id.value()))
                .hasValueSatisfying(
                        container -> assertThat(container.exitCode()).isEqualTo(137));
    }

    @Test
    void tellsHowAProcessEndedByItself() throws InterruptedException {
        var id = sandbox.start("echo bye; exit 3");
        sandbox.awaitEnd(id);

        Eventually.within(SOON, "exit", () -> state(id) == State.EXITED);
        assertThat(engine.findContainer(id.value())).hasValueSatisfying(container -> {
            assertThat(container.exitCode()).isEqualTo(3);
            assertThat(container.outOfMemory()).isFalse();
            // By Docker's account, what ends at once may have ended a moment before it began.
            assertThat(container.finishedAt()).isCloseTo(container.startedAt(), within(1, ChronoUnit.MINUTES));
        });
    }

    @Test
    void namesEveryPortThatIsListenedOn() {
        var id = sandbox.start(
                "exec perl -MIO::Socket::INET -e 'my @s = map { IO::Socket::INET->new(LocalAddr => $_, Listen => 1) or die $! } "
                        + "qw(0.0.0.0:4000 127.0.0.1:5000); $| = 1; print \"ready\\n\"; sleep 300'");
        awaitLine(id, "ready");

        assertThat(engine.listeners(id)).containsExactly(new Listener(4000, false), new Listener(5000, true));
    }

    @Test
    void leavesDockersOwnResolverOut() {
        var network = engine.ensureNetwork(docker.name("resolver"), Map.of()).name();
        var id = engine.createContainer(
                sandbox.spec("echo ready; exec sleep 300", Profile.RECIPE, engine.reserveAddress(network)));
        engine.startContainer(id);
        awaitLine(id, "ready");

        assertThat(engine.listeners(id)).isEmpty();
    }

    @Test
    void readsTheEndOfALog() throws InterruptedException {
        var id = sandbox.start(
                "for i in 1 2 3; do echo line $i; done; sleep 0.2; echo oops >&2; sleep 0.2; printf 'caf\\303\\251 \\377'");
        sandbox.awaitEnd(id);

        var lines = engine.tail(id, 3);
        assertThat(lines).extracting(LogLine::text).containsExactly("line 3", "oops", "café \uFFFD");
        assertThat(lines).extracting(LogLine::error).containsExactly(false, true, false);
        assertThat(lines).extracting(LogLine::at).isSorted().allMatch(at -> at.getEpochSecond() > 1_000_000_000);
    }

    @Test
    void cutsALineThatIsTooLong() throws InterruptedException {
        var id = sandbox.start("perl -e 'print \"x\" x 100_000, \"\\n\", \"y\" x 40_000, \"\\nend\\n\"'");
        sandbox.awaitEnd(id);

        var lines = engine.tail(id, 100).stream().map(LogLine::text).toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).hasSize(64 << 10).startsWith("xxx").endsWith("x [line cut]");
        assertThat(lines.get(1)).hasSize(40_000);
        assertThat(lines.get(2)).isEqualTo("end");
    }

    @Test
    void followsALogToItsEnd() throws InterruptedException {
        var id = sandbox.create("for i in 1 2 3; do echo line $i; sleep 0.1; done");
        var lines = Collections.synchronizedList(new ArrayList<LogLine>());
        engine.startContainer(id);

        var stream = engine.follow(id, null, lines::add);

        assertThat(stream.awaitEnd(SOON)).isTrue();
        assertThat(lines).extracting(LogLine::text).containsExactly("line 1", "line 2", "line 3");
        var rest = Collections.synchronizedList(new ArrayList<LogLine>());
        var again = engine.follow(id, lines.get(1).at(), rest::add);
        assertThat(again.awaitEnd(SOON)).isTrue();
        assertThat(rest).isEqualTo(List.copyOf(lines.subList(1, 3)));
    }

    @Test
    void stopsFollowingWhenAsked() throws InterruptedException {
        var id = sandbox.start("while :; do echo tick; sleep 0.05; done");
        var lines = Collections.synchronizedList(new ArrayList<LogLine>());
        var stream = engine.follow(id, null, lines::add);
        Eventually.within(SOON, "a line", () -> !lines.isEmpty());

        stream.close();

        assertThat(stream.awaitEnd(SOON)).isTrue();
        assertThat(state(id)).isEqualTo(State.RUNNING);
    }

    @Test
    void saysThatACommandIsNotInTheImage() throws InterruptedException {
        var spec = sandbox.spec("", Profile.RECIPE, null);
        var id = engine.createContainer(new ContainerSpec(
                docker.name("nothing"),
                spec.image(),
                spec.profile(),
                new ContainerCommand(List.of("/bin/nothing")),
                Map.of(),
                Map.of(),
                null,
                List.of(),
                Limits.DEFAULT,
                Restart.NEVER));
        engine.startContainer(id);
        sandbox.awaitEnd(id);

        assertThat(engine.findContainer(id.value()).map(Container::exitCode)).contains(127);
        assertThat(engine.tail(id, 5)).anyMatch(line -> line.text().contains("/bin/nothing"));
    }

    private State state(ContainerId id) {
        return engine.findContainer(id.value()).orElseThrow().state();
    }

    private void awaitLine(ContainerId id, String text) {
        Eventually.within(
                SOON,
                text,
                () -> engine.tail(id, 10).stream().anyMatch(line -> line.text().equals(text)));
    }
}
