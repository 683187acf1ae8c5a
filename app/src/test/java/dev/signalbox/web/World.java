package dev.signalbox.web;

import static dev.signalbox.db.schema.tables.Releases.RELEASES;

import dev.signalbox.MutableClock;
import dev.signalbox.accounts.Accounts;
import dev.signalbox.accounts.Accounts.TokenRequest;
import dev.signalbox.accounts.Audit;
import dev.signalbox.accounts.AuditKit;
import dev.signalbox.accounts.Invitations;
import dev.signalbox.accounts.Members;
import dev.signalbox.accounts.People;
import dev.signalbox.accounts.PeopleKit;
import dev.signalbox.accounts.Role;
import dev.signalbox.accounts.Scope;
import dev.signalbox.accounts.Sessions;
import dev.signalbox.accounts.TeamScope;
import dev.signalbox.builds.Builds;
import dev.signalbox.builds.SourceTree;
import dev.signalbox.db.Db;
import dev.signalbox.db.Ids;
import dev.signalbox.db.TestDb;
import dev.signalbox.deploys.DeploySettings;
import dev.signalbox.deploys.Deployment;
import dev.signalbox.deploys.Deploys;
import dev.signalbox.deploys.Parts;
import dev.signalbox.deploys.Sources;
import dev.signalbox.engine.FakeEngine;
import dev.signalbox.engine.ImageId;
import dev.signalbox.git.GitLimits;
import dev.signalbox.git.GitRemote;
import dev.signalbox.git.PushOutcome;
import dev.signalbox.git.Repositories;
import dev.signalbox.logs.Logs;
import dev.signalbox.projects.Creation;
import dev.signalbox.projects.Environment;
import dev.signalbox.projects.Name;
import dev.signalbox.projects.Project;
import dev.signalbox.projects.Projects;
import dev.signalbox.projects.Service;
import dev.signalbox.projects.Variables;
import dev.signalbox.projects.Workload;
import dev.signalbox.routing.ProxySettings;
import dev.signalbox.routing.Routing;
import dev.signalbox.secrets.MasterKey;
import dev.signalbox.secrets.Sealer;
import dev.signalbox.secrets.Secret;
import dev.signalbox.space.Space;
import dev.signalbox.space.SpaceKit;
import dev.signalbox.space.SpaceSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A server on a free port with a real database behind it, and two teams. */
final class World implements AutoCloseable {
    static final String PANEL = "panel.example.com";
    /** Rows of the audit log that are looked at for a text in one go; few, so that tests get past it. */
    static final int SEARCHED = 200;

    private static final String COMMIT = "c".repeat(40);

    final Db db;
    final Accounts accounts;
    final Audit audit;
    final People people;
    final Sessions sessions;
    final Members members;
    final Invitations invitations;
    final Projects projects;
    final Variables variables;
    final Deploys deploys;
    final Space space;
    final TeamScope team;
    final TeamScope otherTeam;
    final Features features;
    final Routing routing;
    final FakeEngine engine;
    private final ImageId image;
    private final Sealer releaseSealer;
    final Ids ids = new Ids(new SecureRandom());
    final MutableClock clock = new MutableClock();

    @Nullable MachineLoad machine =
            new MachineLoad(2, 4_000_000_000L, 2_000_000_000L, 80_000_000_000L, 31_000_000_000L, 140L, 34, 1, 0);

    private WebServer server;
    private Http http;

    World(Path directory) {
        this(directory, true);
    }

    /** @param owned whether somebody has set it up already */
    World(Path directory, boolean owned) {
        this(directory, owned, UnaryOperator.identity());
    }

    /** @param room what counts as full; without it, nothing does */
    World(Path directory, boolean owned, UnaryOperator<SpaceSettings> room) {
        this.db = TestDb.open(directory);
        this.accounts = new Accounts(db, clock, ids);
        this.audit = AuditKit.searching(db, clock, SEARCHED);
        this.people = new People(db, clock, ids, new SecureRandom());
        this.sessions = new Sessions(db, clock);
        this.members = new Members(db, clock);
        this.invitations = new Invitations(db, clock, ids, people);
        this.projects = new Projects(db, clock, ids, removed -> {});
        this.variables = new Variables(db, clock, sealer(directory, "variables.sealed_value"));
        this.engine = new FakeEngine(clock);
        this.image = engine.addImage("app:1");
        var logs = new Logs(directory.resolve("logs"), engine, clock);
        var proxy =
                new ProxySettings("test", directory.resolve("proxy"), 80, 443, 8099, 7420, "localhost", "traefik:v3.7");
        this.routing = new Routing(db, engine, proxy, clock, ids);
        var repositories = new Repositories(directory.resolve("repos"), ids);
        this.space = new Space(db, engine, projects, logs, clock, room.apply(SpaceKit.roomy(directory)));
        var builds = new Builds(engine, db, clock, 1, space.room());
        this.releaseSealer = sealer(directory, "releases.sealed_variables");
        var parts = new Parts(
                db,
                releaseSealer,
                clock,
                ids,
                engine,
                builds,
                routing,
                logs,
                projects,
                variables,
                new NoSources(),
                space);
        this.deploys = new Deploys(parts, soon(DeploySettings.standard("test", 80)));
        this.team = accounts.firstTeam();
        this.otherTeam = accounts.createTeam("other");
        this.features = new Features(
                accounts,
                audit,
                projects,
                variables,
                deploys,
                logs,
                git(repositories),
                World::urls,
                new Addresses(
                        workloads -> workloads.stream().collect(Collectors.toMap(Workload::id, World::urls)),
                        label -> "http://" + label + ".localhost",
                        routing::owner),
                () -> Optional.ofNullable(machine),
                space,
                people,
                sessions,
                members,
                invitations);
        if (owned) signIn(Role.OWNER);
    }

    /** Generous limits, so that no test meets one by accident. */
    static WebSettings unlimited() {
        return new WebSettings(0, PANEL, 1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000, 20, 2_000);
    }

    /** Its containers are not real, and prove nothing by staying up for long. */
    private static DeploySettings soon(DeploySettings usual) {
        return new DeploySettings(
                usual.instance(),
                usual.routerPort(),
                usual.buildLimit(),
                usual.releaseLimit(),
                usual.healthLimit(),
                usual.wrongPortAfter(),
                Duration.ofMillis(500),
                Duration.ofMillis(500),
                usual.drain(),
                usual.stopGrace(),
                usual.reconcileEvery());
    }

    World start() {
        return start(unlimited(), UnaryOperator.identity());
    }

    World start(WebSettings settings, UnaryOperator<Routes> change) {
        if (server != null) server.close();
        server = new WebServer(settings, features, clock, () -> ids.next("req"), change);
        http = new Http(server.start());
        return this;
    }

    Http http() {
        return http;
    }

    Routes routes() {
        return server.routes();
    }

    Project project(TeamScope owner, String name) {
        return made(projects.createProject(owner, new Name(name)));
    }

    Service service(Project project, String name) {
        return made(projects.createService(project, new Name(name)));
    }

    Workload workload(Project project, Service service) {
        return projects.workload(
                service,
                projects.findEnvironment(project, Environment.PRODUCTION.value())
                        .orElseThrow());
    }

    /** A release that could run again. */
    void release(Workload workload, long number) {
        release(workload, number, Map.of(), "[]");
    }

    /** One of an image that may be gone, made of nobody knows which commit. */
    void release(Workload workload, long number, String imageId) {
        release(workload, number, imageId, null, Map.of(), "[]");
    }

    /** A release with these variables and, as JSON, these processes. */
    void release(Workload workload, long number, Map<String, String> variables, String processes) {
        release(workload, number, image.value(), COMMIT, variables, processes);
    }

    private void release(
            Workload workload,
            long number,
            String imageId,
            @Nullable String commit,
            Map<String, String> variables,
            String processes) {
        var id = ids.next("rel");
        db.change(sql -> sql.insertInto(RELEASES)
                .set(RELEASES.ID, id)
                .set(RELEASES.WORKLOAD_ID, workload.id())
                .set(RELEASES.NUMBER, number)
                .set(RELEASES.IMAGE_ID, imageId)
                .set(RELEASES.COMMIT_SHA, commit)
                .set(RELEASES.PROFILE, "recipe")
                .set(RELEASES.PORT, 8080L)
                .set(RELEASES.SEALED_VARIABLES, releaseSealer.seal(id, new Secret(Json.write(variables))))
                .set(RELEASES.PROCESSES, processes)
                .set(RELEASES.CREATED_AT, clock.instant())
                .set(RELEASES.GOOD_AT, clock.instant())
                .execute());
    }

    /** What has been of this workload, to be made up. */
    History history(Workload workload) {
        return new History(this, workload);
    }

    /** A new person of the team, signed in. */
    Browsing signIn(Role role) {
        return signIn(team, role);
    }

    Browsing signIn(TeamScope where, Role role) {
        var person = PeopleKit.add(db, clock, ids, where, role);
        return new Browsing(this, PeopleKit.signIn(db, clock, ids, where, person));
    }

    /** A token that may all. */
    String owner() {
        return token(team, Role.OWNER);
    }

    String token(TeamScope owner, Role role) {
        return token(owner, role, EnumSet.allOf(Scope.class));
    }

    String token(TeamScope owner, Role role, Set<Scope> scopes) {
        return token(owner, new TokenRequest(role.word(), role, scopes, null, null));
    }

    String token(TeamScope owner, TokenRequest request) {
        return accounts.createToken(owner, request).text().reveal();
    }

    @Override
    public void close() {
        if (server != null) server.close();
        deploys.close();
        space.close();
        db.close();
    }

    private GitRemote git(Repositories repositories) {
        return new GitRemote(
                repositories,
                accounts,
                projects,
                audit,
                (push, output) -> new PushOutcome.Refused("Nothing is deployed here."),
                GitLimits.DEFAULT);
    }

    private static List<String> urls(Workload workload) {
        return List.of(
                "http://" + workload.service().name() + "-" + workload.project().name() + ".localhost");
    }

    private static Sealer sealer(Path directory, String column) {
        try {
            var file = directory.resolve("master.key");
            MasterKey.create(file, new SecureRandom());
            return new Sealer(MasterKey.load(file), column, new SecureRandom());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T made(Creation<T> creation) {
        if (creation instanceof Creation.Done<T>(var value)) return value;
        throw new IllegalStateException(creation.toString());
    }

    /** Nothing is built in these tests. */
    private static final class NoSources implements Sources {
        @Override
        public SourceTree tree(String serviceId, String commit) {
            throw new IllegalStateException("nothing is built here");
        }

        @Override
        public Optional<String> refusal(Deployment deployment) {
            return Optional.of("Nothing is built here.");
        }

        @Override
        public void becameLive(Deployment deployment) {}
    }
}
