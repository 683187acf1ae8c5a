package dev.signalbox.deploys;

import static dev.signalbox.db.schema.tables.Processes.PROCESSES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.Accounts;
import dev.signalbox.accounts.TeamScope;
import dev.signalbox.builds.Builds;
import dev.signalbox.db.Db;
import dev.signalbox.db.Ids;
import dev.signalbox.deploys.DeploymentOrder.Content;
import dev.signalbox.engine.Container;
import dev.signalbox.engine.Engine;
import dev.signalbox.engine.Eventually;
import dev.signalbox.logs.DeploymentLog;
import dev.signalbox.logs.Logs;
import dev.signalbox.projects.Creation;
import dev.signalbox.projects.Name;
import dev.signalbox.projects.Project;
import dev.signalbox.projects.Projects;
import dev.signalbox.projects.Projects.Removed;
import dev.signalbox.projects.Variables;
import dev.signalbox.projects.Workload;
import dev.signalbox.routing.ProxySettings;
import dev.signalbox.routing.Routing;
import dev.signalbox.routing.TestClient;
import dev.signalbox.secrets.MasterKey;
import dev.signalbox.secrets.Sealer;
import dev.signalbox.secrets.Secret;
import dev.signalbox.space.Space;
import dev.signalbox.space.SpaceKit;
import dev.signalbox.space.SpaceSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Everything a deployment is made with, real, on a directory and an engine of the test's own. */
final class Rig implements AutoCloseable {
    static final Duration AT_MOST = Duration.ofMinutes(1);
    static final String ACTOR = "test";

    final Engine engine;
    final Ports ports;
    final Projects projects;
    final Variables variables;
    final Routing routing;
    final Deploys deploys;
    final TestSources sources = new TestSources();
    private final Db db;
    final Logs logs;
    private final Path routes;
    private final TeamScope team;

    Rig(Path directory, Engine engine, String instance, Ports ports, UnaryOperator<DeploySettings> change)
            throws IOException {
        this(directory, engine, instance, ports, change, UnaryOperator.identity());
    }

    /** @param room what counts as full; without it, nothing does */
    Rig(
            Path directory,
            Engine engine,
            String instance,
            Ports ports,
            UnaryOperator<DeploySettings> change,
            UnaryOperator<SpaceSettings> room)
            throws IOException {
        this.engine = engine;
        this.ports = ports;
        var random = new SecureRandom();
        var ids = new Ids(random);
        var clock = Clock.systemUTC();
        var key = key(directory, random);
        db = Db.open(directory.resolve("signalbox.db"));
        projects = new Projects(db, clock, ids, this::forget);
        variables = new Variables(db, clock, new Sealer(key, "variables.sealed_value", random));
        logs = new Logs(directory.resolve("logs"), engine, clock);
        var proxy = new ProxySettings(
                instance,
                directory.resolve("proxy"),
                ports.http(),
                ports.https(),
                ports.api(),
                ports.panel(),
                "localhost",
                "traefik:v3.7");
        routes = directory.resolve("proxy/dynamic");
        routing = new Routing(db, engine, proxy, clock, ids);
        var space = new Space(db, engine, projects, logs, clock, room.apply(SpaceKit.roomy(directory)));
        var parts = new Parts(
                db,
                new Sealer(key, "releases.sealed_variables", random),
                clock,
                ids,
                engine,
                new Builds(engine, db, clock, 2, space.room()),
                routing,
                logs,
                projects,
                variables,
                sources,
                space);
        deploys = new Deploys(parts, change.apply(DeploySettings.standard(instance, ports.http())));
        team = new Accounts(db, clock, ids).firstTeam();
    }

    private static MasterKey key(Path directory, SecureRandom random) throws IOException {
        var file = directory.resolve("master.key");
        if (!Files.exists(file)) MasterKey.create(file, random);
        return MasterKey.load(file);
    }

    void start() throws InterruptedException {
        routing.ensureProxy();
        deploys.start();
    }

    // What a test does -----------------------------------------------------------------------------------------------

    /** The production workload of a new project with one service. */
    Workload workload(String name) {
        var project = ((Creation.Done<Project>) projects.createProject(team, new Name(name))).value();
        projects.createService(project, new Name(name));
        return projects.workloads(project).getFirst();
    }

    void set(Workload workload, Map<String, String> values) {
        var secrets = new HashMap<String, Secret>();
        values.forEach((name, value) -> secrets.put(name, new Secret(value)));
        assertThat(variables.replace(workload, secrets)).isInstanceOf(Variables.Replaced.Done.class);
    }

    void limitMemory(Workload workload, String process, long megabytes) {
        db.change(sql -> sql.insertInto(PROCESSES)
                .set(PROCESSES.WORKLOAD_ID, workload.id())
                .set(PROCESSES.NAME, process)
                .set(PROCESSES.MEMORY_MB, megabytes)
                .set(PROCESSES.UPDATED_AT, Clock.systemUTC().instant())
                .execute());
    }

    Deployment queue(Workload workload, Map<String, String> files) {
        return deploys.queue(new DeploymentOrder(
                workload, Cause.API, ACTOR, new Content.Commit(sources.commit(files), "test", null, false)));
    }

    /** Deploys these files and waits until that ended. */
    Deployment deploy(Workload workload, Map<String, String> files) {
        return awaitEnd(queue(workload, files));
    }

    /** Deploys these files, which must go well. */
    Deployment deployWell(Workload workload, Map<String, String> files) {
        return requireLive(deploy(workload, files));
    }

    Deployment requireLive(Deployment ended) {
        assertThat(ended.state())
                .as(() -> ended.reason() + "\n" + String.join("\n", log(ended)))
                .isEqualTo(State.LIVE);
        return ended;
    }

    /** The deployment that was queued, once it has ended. */
    Deployment awaitEnd(Asked asked) {
        assertThat(asked).isInstanceOf(Asked.Queued.class);
        return awaitEnd(((Asked.Queued) asked).deployment());
    }

    /** Waits until it has ended and those who follow its log are told so. */
    Deployment awaitEnd(Deployment deployment) {
        Eventually.within(
                AT_MOST, "end of #" + deployment.number(), () -> now(deployment).finishedAt() != null);
        Eventually.within(AT_MOST, "end of the log of #" + deployment.number(), () -> isLogOver(deployment));
        return now(deployment);
    }

    Deployment awaitFinalState(Deployment deployment) {
        Eventually.within(
                AT_MOST, "end of #" + deployment.number(), () -> now(deployment).finishedAt() != null);
        return now(deployment);
    }

    void await(Deployment deployment, State state) {
        Eventually.within(
                AT_MOST,
                state.word() + " #" + deployment.number(),
                () -> now(deployment).state().compareTo(state) >= 0);
        assertThat(now(deployment).state()).as(now(deployment).reason()).isEqualTo(state);
    }

    void deleteProjects() {
        projects.list(team).forEach(projects::deleteProject);
    }

    private void forget(Removed removed) {
        deploys.forget(removed);
        removed.workloads().forEach(workload -> routing.remove(workload.id()));
    }

    // What a test sees -----------------------------------------------------------------------------------------------

    Deployment now(Deployment deployment) {
        return deploys.find(deployment.id()).orElseThrow();
    }

    List<String> log(Deployment deployment) {
        return logs.deployment(deployment.id()).read().stream()
                .map(DeploymentLog.Entry::text)
                .toList();
    }

    /** Whether those who follow the log are told that nothing more comes. */
    boolean isLogOver(Deployment deployment) {
        try {
            return logs.deployment(deployment.id()).follow(0, entry -> {}, Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What the app says through the proxy. */
    String ask(Workload workload) {
        return answer(workload, "/").body();
    }

    void awaitAnswer(Workload workload, String text) {
        Eventually.within(AT_MOST, text, () -> isAnswering(workload, text));
    }

    private boolean isAnswering(Workload workload, String text) {
        try {
            return ask(workload).equals(text);
        } catch (UncheckedIOException e) {
            // The proxy is away.
            return false;
        }
    }

    void await(Workload workload, Workload.State state) {
        Eventually.within(
                AT_MOST,
                state.word(),
                () -> projects.findWorkload(workload.id())
                        .filter(now -> now.state() == state)
                        .isPresent());
    }

    TestClient.Answer answer(Workload workload, String path) {
        try {
            return TestClient.ask(ports.http(), host(workload), path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String host(Workload workload) {
        return URI.create(routing.urls(workload).getFirst()).getHost();
    }

    /** Without those that only stay for a look at why they failed. */
    List<Container> containers(Workload workload) {
        return engine.listContainers(Map.of(Replicas.WORKLOAD, workload.id())).stream()
                .filter(container -> container.isRunning() || !hasFailed(container))
                .toList();
    }

    private boolean hasFailed(Container container) {
        return deploys.find(container.labels().getOrDefault(Replicas.DEPLOYMENT, ""))
                .filter(deployment -> deployment.state() == State.FAILED)
                .isPresent();
    }

    List<Container> containers(Deployment deployment) {
        return engine.listContainers(Map.of(Replicas.DEPLOYMENT, deployment.id()));
    }

    Container onlyContainer(Deployment deployment) {
        assertThat(containers(deployment)).hasSize(1);
        return containers(deployment).getFirst();
    }

    Path routeFile(Workload workload) {
        return routes.resolve(workload.id() + ".yml");
    }

    Optional<String> route(Workload workload) {
        try {
            var file = routeFile(workload);
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until this deployment's containers run, no others of its workload are left, and requests go to them. */
    void awaitNothingBut(Workload workload, Deployment serving) {
        assertThat(deploys.serving(workload)).map(Deployment::id).contains(serving.id());
        Eventually.within(
                AT_MOST,
                "an end of all containers but those of #" + serving.number(),
                () -> containers(workload).stream()
                        .allMatch(container -> isOf(serving, container) && container.isRunning()));
        assertThat(containers(workload)).isNotEmpty();
        var ip = containers(workload).stream()
                .filter(Replicas::isRouted)
                .map(Container::ip)
                .findFirst()
                .orElseThrow();
        Eventually.within(
                AT_MOST,
                "a route to " + ip,
                () -> route(workload)
                        .filter(text -> text.contains("http://" + ip + ":"))
                        .isPresent());
    }

    private static boolean isOf(Deployment deployment, Container container) {
        return deployment.id().equals(container.labels().get(Replicas.DEPLOYMENT));
    }

    @Override
    public void close() {
        deploys.close();
        logs.close();
        db.close();
    }
}
