package dev.signalbox.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.engine.EngineException;
import dev.signalbox.engine.EngineException.Kind;
import dev.signalbox.engine.FakeEngine;
import dev.signalbox.engine.Faults.Call;
import dev.signalbox.engine.Profile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class BuildsTest {
    private final FakeEngine engine = new FakeEngine(Clock.systemUTC());

    @TempDir
    Path directory;

    private Workshop workshop;

    @BeforeEach
    void open() {
        workshop = new Workshop(directory, engine);
        engine.addImage("node:24-slim");
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    @Test
    void theSameFilesAreBuiltOnce() throws InterruptedException {
        var first = build(app());
        var second = build(app());

        assertThat(first.reused()).isFalse();
        assertThat(second.reused()).isTrue();
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.processes()).isEqualTo(first.processes());
        assertThat(second.dockerfile()).isEqualTo(first.dockerfile());
        assertThat(engine.builds()).hasSize(1);
        assertThat(workshop.narration.lines()).endsWith("note: These files were built before: that image is used");
    }

    @Test
    void everyServiceBuildsForItself() throws InterruptedException {
        build(app());
        assertThat(workshop.build(workshop.service("worker"), "shop:1", app(), false)
                        .reused())
                .isFalse();
    }

    @Test
    void otherFilesAreBuiltAgain() throws InterruptedException {
        build(app());
        assertThat(build(app().with("server.js", "changed")).reused()).isFalse();
    }

    @Test
    void aNewerBaseImageIsBuiltOnAgain() throws InterruptedException {
        build(app());
        engine.addImage("node:24-slim");
        assertThat(build(app()).reused()).isFalse();
    }

    @Test
    void anImageThatIsGoneIsBuiltAgain() throws InterruptedException {
        build(app());
        engine.removeImage("shop:1");
        assertThat(build(app()).reused()).isFalse();
        assertThat(build(app()).reused()).isTrue();
    }

    @Test
    void buildingWithoutCacheBuildsAgain() throws InterruptedException {
        build(app());
        assertThat(workshop.rebuild("shop:1", app()).reused()).isFalse();
        assertThat(engine.builds().getLast().withoutCache()).isTrue();
    }

    @Test
    void saysWhatTheImageIs() throws InterruptedException {
        var image = build(app().with("Procfile", "web: node server.js --fast\nrelease: node migrate.js\n"));

        assertThat(image.profile()).isEqualTo(Profile.RECIPE);
        assertThat(image.exposedPort()).isNull();
        assertThat(image.processes())
                .containsExactly(
                        new ProcessType("web", "node server.js --fast"), new ProcessType("release", "node migrate.js"));
        assertThat(engine.builds().getLast().labels()).isEqualTo(Map.of("purpose", "test"));
    }

    @Test
    void aRepositoryThatCannotBeBuiltReachesNoEngine() {
        assertThatThrownBy(() -> build(MapTree.of("README.md", ""))).isInstanceOf(BuildRefused.class);
        assertThat(engine.faults.count(Call.BUILD)).isZero();
    }

    @Test
    void aFailedBuildIsNotRemembered() throws InterruptedException {
        engine.failBuilds("dockerfile parse error");
        assertThatThrownBy(() -> build(app())).isInstanceOf(BuildBroken.class);
        engine.failBuilds(null);
        assertThat(build(app()).reused()).isFalse();
    }

    @Test
    void whatTheEngineRefusesIsPassedOn() {
        engine.faults.refuse(Call.BUILD, 1, Kind.OUT_OF_SPACE);
        assertThatThrownBy(() -> build(app()))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(Kind.OUT_OF_SPACE));
    }

    @Test
    void anInterruptEndsABuildAndOneThatWaitsForIt() throws Exception {
        engine.faults.hang(Call.BUILD, 1);
        var running = start(app());
        assertThat(engine.faults.awaitHang(Duration.ofSeconds(10))).isTrue();
        var waiting = start(app().with("server.js", "other"));

        waiting.thread().interrupt();
        assertThatThrownBy(() -> waiting.result().get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(InterruptedException.class);
        running.thread().interrupt();
        assertThatThrownBy(() -> running.result().get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(InterruptedException.class);

        assertThat(build(app()).reused()).isFalse();
    }

    private record Running(Thread thread, FutureTask<BuiltImage> result) {}

    private Running start(MapTree tree) {
        var result = new FutureTask<>(() -> build(tree));
        return new Running(Thread.ofVirtual().start(result), result);
    }

    private BuiltImage build(MapTree tree) throws InterruptedException {
        return workshop.build("shop:1", tree);
    }

    private static MapTree app() {
        return MapTree.of("package.json", "{}", "server.js", "serve()");
    }
}
