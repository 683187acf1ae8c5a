package dev.signalbox.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.engine.EngineException.Kind;
import dev.signalbox.engine.Faults.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The double keeps the real engine's promises, and breaks them where it is told to. */
class FakeEngineTest extends EngineKit {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final FakeEngine engine = new FakeEngine(clock);
    private final ImageId image = engine.addImage("app:1", 8080);
    private int names;

    @Override
    Engine engine() {
        return engine;
    }

    @Override
    ImageId image() {
        return image;
    }

    @Override
    ContainerCommand staysUp() {
        return ContainerCommand.shell("sleep 300");
    }

    @Override
    String name() {
        return "kit" + ++names;
    }

    @Test
    void refusesTheCallItIsToldTo() {
        engine.faults.refuse(Call.CREATE_CONTAINER, 2, Kind.OUT_OF_SPACE);
        engine.createContainer(spec("one", Map.of(), null));

        assertFails(Kind.OUT_OF_SPACE, () -> engine.createContainer(spec("two", Map.of(), null)));
        assertThat(engine.findContainer("two")).isEmpty();
        engine.createContainer(spec("two", Map.of(), null));
        assertThat(engine.faults.count(Call.CREATE_CONTAINER)).isEqualTo(3);
    }

    @Test
    void doesTheWorkWhoseAnswerIsLost() {
        engine.faults.breakAfter(Call.CREATE_CONTAINER, 1);

        assertFails(Kind.UNREACHABLE, () -> engine.createContainer(spec("one", Map.of(), null)));

        assertThat(engine.findContainer("one")).isPresent();
    }

    @Test
    void hangsUntilItIsReleased() throws InterruptedException {
        engine.faults.hang(Call.START_CONTAINER, 1);
        var id = engine.createContainer(spec("one", Map.of(), null));
        var outcome = new AtomicReference<Throwable>();
        var caller = Thread.ofVirtual().start(() -> {
            try {
                engine.startContainer(id);
            } catch (EngineException e) {
                outcome.set(e);
            }
        });

        assertThat(engine.faults.awaitHang(SOON)).isTrue();
        assertThat(engine.findContainer("one")).as("other calls go on").isPresent();
        engine.faults.release();
        caller.join();

        assertThat(outcome.get())
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMED_OUT));
    }

    @Test
    void goesAwayAltogether() {
        engine.faults.goAway();

        assertFails(Kind.UNREACHABLE, () -> engine.version());
        assertFails(Kind.UNREACHABLE, () -> engine.findContainer("one"));
        engine.faults.comeBack();
        assertThat(engine.version().api()).isEqualTo("1.41");
    }

    @Test
    void cancelsABuildThatHangs() throws InterruptedException {
        engine.faults.hang(Call.BUILD, 1);
        var outcome = new AtomicReference<Throwable>();
        var builder = Thread.ofVirtual().start(() -> {
            try {
                build("app:2");
            } catch (InterruptedException e) {
                outcome.set(e);
            }
        });
        assertThat(engine.faults.awaitHang(SOON)).isTrue();

        builder.interrupt();
        builder.join();

        assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
        assertThat(engine.findImage("app:2")).isEmpty();
    }

    @Test
    void buildsAnImageOrFailsTo() throws InterruptedException {
        var built = build("app:2");
        engine.failBuilds("exit code: 1");

        assertThat(engine.findImage("app:2").map(Image::id)).contains(built);
        assertThatThrownBy(() -> build("app:3")).isInstanceOf(BuildFailed.class).hasMessage("exit code: 1");
        assertThat(engine.builds()).extracting(BuildRequest::name).containsExactly("app:2", "app:3");
    }

    @Test
    void letsATestPlayTheContainer() throws InterruptedException {
        var lines = new ArrayList<String>();
        engine.whenStarted(container -> {
            engine.print(container.id(), "listening on 4000");
            engine.listen(container.id(), 4000, false);
        });
        var id = engine.createContainer(spec("one", Map.of(), null));
        engine.startContainer(id);
        var log = engine.follow(id, null, line -> lines.add(line.text()));

        engine.print(id, "bye");
        assertThat(engine.listeners(id)).containsExactly(new Listener(4000, false));
        engine.killForMemory(id);

        assertThat(lines).containsExactly("listening on 4000", "bye");
        assertThat(log.awaitEnd(Duration.ZERO)).isTrue();
        assertThat(engine.tail(id, 1)).extracting(LogLine::text).containsExactly("bye");
        assertThat(engine.findContainer("one"))
                .hasValueSatisfying(
                        container -> assertThat(container.outOfMemory()).isTrue());
    }

    private ImageId build(String name) throws InterruptedException {
        var request = new BuildRequest(name, "Dockerfile", null, Map.of(), Map.of("tree", "abc"), false);
        return engine.build(request, tar -> tar.write(1), event -> {});
    }

    @Test
    void showsWhatAContainerWasAskedToBe() {
        var spec = spec("one", Map.of(), null);

        assertThat(engine.spec(engine.createContainer(spec))).isEqualTo(spec);
        assertThat(List.of(spec.aliases())).isNotEmpty();
    }
}
