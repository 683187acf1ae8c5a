package dev.signalbox.deploys;

import dev.signalbox.accounts.Accounts;
import dev.signalbox.builds.Builds;
import dev.signalbox.builds.SourceTree;
import dev.signalbox.db.Db;
import dev.signalbox.db.Ids;
import dev.signalbox.deploys.DeploymentOrder.Content;
import dev.signalbox.engine.Engine;
import dev.signalbox.logs.DeploymentLog;
import dev.signalbox.logs.Logs;
import dev.signalbox.projects.Creation;
import dev.signalbox.projects.Name;
import dev.signalbox.projects.Project;
import dev.signalbox.projects.Projects;
import dev.signalbox.projects.Variables;
import dev.signalbox.projects.Workload;
import dev.signalbox.routing.ProxySettings;
import dev.signalbox.routing.Routing;
import dev.signalbox.secrets.MasterKey;
import dev.signalbox.secrets.Sealer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Everything a deployment is made with, real, on a directory and an engine of the test's own. */
final class Rig implements AutoCloseable {
    static final Duration AT_MOST = Duration.ofMinutes(2);

    final Db db;
    final Projects projects;
    final Variables variables;
    final Routing routing;
    final Logs logs;
    final Deploys deploys;
    final int httpPort = freePort();
    private final Map<String, SourceTree> commits = new ConcurrentHashMap<>();

    Rig(Path directory, Engine engine, String instance, UnaryOperator<DeploySettings> change) throws IOException {
        var random = new SecureRandom();
        var ids = new Ids(random);
        var clock = Clock.systemUTC();
        MasterKey.create(directory.resolve("master.key"), random);
        var key = MasterKey.load(directory.resolve("master.key"));
        db = Db.open(directory.resolve("signalbox.db"));
        projects = new Projects(db, clock, ids, removed -> {});
        variables = new Variables(db, clock, new Sealer(key, "variables.sealed_value", random));
        logs = new Logs(directory.resolve("logs"), engine, clock);
        routing = new Routing(
                db,
                engine,
                new ProxySettings(
                        instance,
                        directory.resolve("proxy"),
                        httpPort,
                        freePort(),
                        freePort(),
                        freePort(),
                        "localhost",
                        "traefik:v3.7"),
                clock,
                ids);
        var settings = change.apply(DeploySettings.standard(instance, directory, httpPort));
        deploys = new Deploys(
                new Parts(
                        db,
                        new Sealer(key, "releases.sealed_variables", random),
                        clock,
                        ids,
                        engine,
                        new Builds(engine, db, clock, 1),
                        routing,
                        logs,
                        projects,
                        variables,
                        new Commits()),
                settings);
        team = new Accounts(db, clock, ids).firstTeam();
    }

    private final dev.signalbox.accounts.TeamScope team;

    /** The production workload of a new project with one service. */
    Workload workload(String name) {
        var project = ((Creation.Done<Project>) projects.createProject(team, new Name(name))).value();
        projects.createService(project, new Name(name));
        return projects.workloads(project).getFirst();
    }

    /** Deploys these files and waits until that ended. */
    Deployment deploy(Workload workload, Map<String, String> files) throws InterruptedException {
        return awaitEnd(queue(workload, files));
    }

    Deployment queue(Workload workload, Map<String, String> files) {
        var sha = String.format("%040x", files.hashCode() & 0xffffffffL);
        commits.put(sha, new FileTree(files));
        return deploys.queue(
                new DeploymentOrder(workload, Cause.API, "test", new Content.Commit(sha, "test", null, false)));
    }

    Deployment awaitEnd(Deployment deployment) throws InterruptedException {
        log(deployment).follow(0, entry -> {}, AT_MOST);
        return deploys.find(deployment.id()).orElseThrow();
    }

    DeploymentLog log(Deployment deployment) {
        return logs.deployment(deployment.id());
    }

    String url(Workload workload) {
        return routing.urls(workload).getFirst();
    }

    static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        deploys.close();
        logs.close();
        db.close();
    }

    private final class Commits implements Sources {
        @Override
        public SourceTree tree(String serviceId, String commit) {
            return commits.get(commit);
        }

        @Override
        public Optional<String> refusal(Deployment deployment) {
            return Optional.empty();
        }

        @Override
        public void becameLive(Deployment deployment) {}
    }
}
