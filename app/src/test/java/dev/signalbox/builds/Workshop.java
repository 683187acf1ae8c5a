package dev.signalbox.builds;

import dev.signalbox.accounts.Accounts;
import dev.signalbox.db.Db;
import dev.signalbox.db.Ids;
import dev.signalbox.engine.Engine;
import dev.signalbox.logs.Logs;
import dev.signalbox.projects.Creation;
import dev.signalbox.projects.Name;
import dev.signalbox.projects.Project;
import dev.signalbox.projects.Projects;
import dev.signalbox.space.Space;
import dev.signalbox.space.SpaceKit;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** Builds for one service, with a database of their own; a fresh service has empty caches. */
final class Workshop implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(20);

    final Narration narration = new Narration();
    final Builds builds;

    private final Db db;
    private final Projects projects;
    private final Project project;
    private final String service;

    Workshop(Path directory, Engine engine) {
        db = Db.open(directory.resolve("signalbox.db"));
        var ids = new Ids(new SecureRandom());
        projects = new Projects(db, Clock.systemUTC(), ids, removed -> {});
        var team = new Accounts(db, Clock.systemUTC(), ids).firstTeam();
        project = done(projects.createProject(team, new Name("shop")));
        service = service("web");
        var logs = new Logs(directory.resolve("logs"), engine, Clock.systemUTC());
        var space = new Space(db, engine, projects, logs, Clock.systemUTC(), SpaceKit.roomy(directory));
        builds = new Builds(engine, db, Clock.systemUTC(), 1, space.room());
    }

    String service(String name) {
        return done(projects.createService(project, new Name(name))).id();
    }

    private static <T> T done(Creation<T> creation) {
        return ((Creation.Done<T>) creation).value();
    }

    BuiltImage build(String imageName, MapTree tree) throws InterruptedException {
        return build(service, imageName, tree, false);
    }

    BuiltImage build(String service, String imageName, MapTree tree, boolean withoutCache) throws InterruptedException {
        return builds.build(
                new BuildOrder(service, imageName, tree, Map.of("purpose", "test"), withoutCache, LIMIT), narration);
    }

    BuiltImage rebuild(String imageName, MapTree tree) throws InterruptedException {
        return build(service, imageName, tree, true);
    }

    @Override
    public void close() {
        db.close();
    }
}
