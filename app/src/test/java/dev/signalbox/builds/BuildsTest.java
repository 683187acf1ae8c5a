package dev.signalbox.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.accounts.Accounts;
import dev.signalbox.db.Db;
import dev.signalbox.db.Ids;
import dev.signalbox.engine.EngineException;
import dev.signalbox.engine.EngineException.Kind;
import dev.signalbox.engine.FakeEngine;
import dev.signalbox.engine.Faults.Call;
import dev.signalbox.engine.Profile;
import dev.signalbox.projects.Creation;
import dev.signalbox.projects.Name;
import dev.signalbox.projects.Project;
import dev.signalbox.projects.Projects;
import dev.signalbox.projects.Service;
import java.nio.file.Path;
import java.security.SecureRandom;
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
    private final Narration narration = new Narration();

    @TempDir
    Path directory;

    private Db db;
    private String service;
    private String otherService;
    private Builds builds;

    @BeforeEach
    void open() {
        db = Db.open(directory.resolve("signalbox.db"));
        var ids = new Ids(new SecureRandom());
        var projects = new Projects(db, Clock.systemUTC(), ids, removed -> {});
        var team = new Accounts(db, Clock.systemUTC(), ids).firstTeam();
        var project = ((Creation.Done<Project>) projects.createProject(team, new Name("shop"))).value();
        service = service(projects, project, "web");
        otherService = service(projects, project, "worker");
        builds = new Builds(engine, db, Clock.systemUTC(), 1);
        engine.addImage("node:24-slim");
    }

    private static String service(Projects projects, Project project, String name) {
        return ((Creation.Done<Service>) projects.createService(project, new Name(name)))
                .value()
                .id();
    }

    @AfterEach
    void close() {
        db.close();
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
        assertThat(narration.lines()).endsWith("note: These files were built before: that image is used");
    }

    @Test
    void everyServiceBuildsForItself() throws InterruptedException {
        build(app());
        assertThat(builds.build(order(otherService, app(), false), narration).reused())
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
        assertThat(builds.build(order(service, app(), true), narration).reused())
                .isFalse();
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
        return builds.build(order(service, tree, false), narration);
    }

    private static BuildOrder order(String service, MapTree tree, boolean withoutCache) {
        return new BuildOrder(service, "shop:1", tree, Map.of("purpose", "test"), withoutCache);
    }

    private static MapTree app() {
        return MapTree.of("package.json", "{}", "server.js", "serve()");
    }
}
