package dev.signalbox.routing;

import dev.signalbox.accounts.Accounts;
import dev.signalbox.db.Db;
import dev.signalbox.db.Ids;
import dev.signalbox.projects.Creation;
import dev.signalbox.projects.Name;
import dev.signalbox.projects.Projects;
import dev.signalbox.projects.Workload;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;

/** A database in which workloads are made by naming them. */
final class TestWorkloads implements AutoCloseable {
    final Ids ids = new Ids(new SecureRandom());
    final Db db;

    private final Accounts accounts;
    private final Projects projects;

    TestWorkloads(Path directory) {
        db = Db.open(directory.resolve("signalbox.db"));
        accounts = new Accounts(db, Clock.systemUTC(), ids);
        projects = new Projects(db, Clock.systemUTC(), ids, _ -> {});
    }

    Workload production(String project) {
        return workload(project, project, "production");
    }

    Workload workload(String project, String service, String environment) {
        var team = accounts.firstTeam();
        var made = projects.find(team, project).orElseGet(() -> done(projects.createProject(team, new Name(project))));
        var app = projects.findService(made, service)
                .orElseGet(() -> done(projects.createService(made, new Name(service))));
        return projects.workload(
                app, projects.findEnvironment(made, environment).orElseThrow());
    }

    private static <T> T done(Creation<T> creation) {
        return ((Creation.Done<T>) creation).value();
    }

    @Override
    public void close() {
        db.close();
    }
}
