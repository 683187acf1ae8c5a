package dev.signalbox.deploys;

import dev.signalbox.MutableClock;
import dev.signalbox.accounts.Accounts;
import dev.signalbox.accounts.TeamScope;
import dev.signalbox.db.Db;
import dev.signalbox.db.Ids;
import dev.signalbox.db.TestDb;
import dev.signalbox.deploys.DeploymentOrder.Content;
import dev.signalbox.deploys.Release.ProcessType;
import dev.signalbox.engine.ImageId;
import dev.signalbox.engine.Profile;
import dev.signalbox.projects.Creation;
import dev.signalbox.projects.Name;
import dev.signalbox.projects.Project;
import dev.signalbox.projects.Projects;
import dev.signalbox.projects.Workload;
import dev.signalbox.secrets.MasterKey;
import dev.signalbox.secrets.Sealer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A ledger in a real database, with services to write about. */
final class TestLedger implements AutoCloseable {
    static final String SHA = "0123456789abcdef0123456789abcdef01234567";

    final MutableClock clock = new MutableClock();
    final Ids ids = new Ids(new SecureRandom());
    final Db db;
    final Projects projects;
    final Ledger ledger;
    private final ImageId image;
    private final TeamScope team;

    TestLedger(Path directory) {
        this(directory, new ImageId("sha256:" + "0".repeat(64)));
    }

    /** @param image what every release runs */
    TestLedger(Path directory, ImageId image) {
        this.image = image;
        db = TestDb.open(directory);
        projects = new Projects(db, clock, ids, removed -> {});
        team = new Accounts(db, clock, ids).firstTeam();
        ledger =
                new Ledger(db, clock, ids, new Sealer(key(directory), "releases.sealed_variables", new SecureRandom()));
    }

    private static MasterKey key(Path directory) {
        try {
            MasterKey.create(directory.resolve("master.key"), new SecureRandom());
            return MasterKey.load(directory.resolve("master.key"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A service in all environments of a new project, production first. */
    List<Workload> workloads(String name) {
        var project = ((Creation.Done<Project>) projects.createProject(team, new Name(name))).value();
        projects.createService(project, new Name(name));
        return projects.workloads(project);
    }

    Deployment queue(Workload workload) {
        return ledger.queue(order(workload)).deployment();
    }

    static DeploymentOrder order(Workload workload) {
        return new DeploymentOrder(workload, Cause.API, "ann", new Content.Commit(SHA, "Begin", null, false));
    }

    Release freeze(Deployment deployment, String process, Map<String, String> variables) {
        return ledger.freeze(
                deployment,
                image,
                Profile.RECIPE,
                8080,
                List.of(new ProcessType(process, null, 1, 512, null)),
                variables);
    }

    /** A deployment of which one process serves. */
    Deployment live(Workload workload, String process) {
        var before = ledger.servingOf(workload);
        var deployment = queue(workload);
        ledger.begin(deployment, State.BUILDING, null);
        var release = freeze(deployment, process, Map.of());
        ledger.becomeLive(deployment, release, before, null);
        return now(deployment).orElseThrow();
    }

    Optional<Deployment> now(Deployment deployment) {
        return ledger.find(deployment.id());
    }

    @Override
    public void close() {
        db.close();
    }
}
