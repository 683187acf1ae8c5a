package dev.signalbox.web;

import static dev.signalbox.db.schema.tables.DeploymentSteps.DEPLOYMENT_STEPS;
import static dev.signalbox.db.schema.tables.Deployments.DEPLOYMENTS;
import static dev.signalbox.db.schema.tables.People.PEOPLE;

import dev.signalbox.accounts.Accounts.TokenRequest;
import dev.signalbox.accounts.Invite;
import dev.signalbox.accounts.NewPerson;
import dev.signalbox.accounts.PeopleKit;
import dev.signalbox.accounts.Role;
import dev.signalbox.accounts.Scope;
import dev.signalbox.accounts.SetUp;
import dev.signalbox.accounts.TeamScope;
import dev.signalbox.accounts.Visit;
import dev.signalbox.engine.ContainerId;
import dev.signalbox.engine.ContainerSpec;
import dev.signalbox.engine.Limits;
import dev.signalbox.engine.Profile;
import dev.signalbox.logs.DeploymentLog;
import dev.signalbox.projects.Workload;
import dev.signalbox.secrets.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A team in the middle of its work, for pictures: one deployment is being checked, another one has failed. */
final class AcmeStory implements AutoCloseable {
    static final String PASSWORD = "all unrelated words of hers";
    static final String SHOP = "/projects/acme-shop/environments/production";
    static final String WEB = SHOP + "/services/web";
    static final String WORKER = SHOP + "/services/worker";

    private static final Visit VISIT = new Visit(
            "203.0.113.7",
            "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
            "req_" + "0".repeat(12));
    private static final String MARA = "Mara Lindqvist";
    private static final String PRIYA = "Priya Raman";
    private static final String TOMAS = "Tomás Herrera";
    private static final Duration LIVE_SINCE = Duration.ofMinutes(145);
    private static final Map<String, String> WEB_BEFORE = Map.of(
            "DATABASE_URL", "postgresql://shop@db.example/shop",
            "SESSION_SECRET", "one",
            "STRIPE_SECRET_KEY", "two",
            "STRIPE_WEBHOOK_SECRET", "three",
            "FEATURE_VAT", "off",
            "PUBLIC_URL", "https://shop.acme.example",
            "LOG_LEVEL", "info",
            "MAIL_FROM", "shop@acme.example");
    private static final Map<String, String> WEB_NOW = with(WEB_BEFORE, "VAT_API_KEY", "four", "FEATURE_VAT", "on");
    private static final Map<String, String> WORKER_BEFORE = Map.of("REDIS_URL", "redis://queue.example:6379");
    private static final Map<String, String> WORKER_NOW = Map.of("QUEUE_URL", "redis://queue.example:6379");

    final World world;
    final TeamScope team;
    final Browsing mara;

    private AcmeStory(Path directory) {
        world = new World(directory, false).start();
        var setup = world.people.newSetupToken().orElseThrow();
        var owner = new NewPerson(MARA, "mara@acme.example", new Secret(PASSWORD));
        if (!(world.people.setUp(setup, "Acme", owner, VISIT) instanceof SetUp.Done(var started))) {
            throw new IllegalStateException("it was not set up");
        }
        mara = new Browsing(world, started);
        team = started.session().caller().team();
    }

    /** Before anything was pushed. */
    static AcmeStory beginning(Path directory) {
        return new AcmeStory(directory);
    }

    static AcmeStory told(Path directory) {
        var story = new AcmeStory(directory);
        story.people();
        var shop = story.world.project(story.team, "acme-shop");
        var web = story.world.workload(shop, story.world.service(shop, "web"));
        var worker = story.world.workload(shop, story.world.service(shop, "worker"));
        story.worker(worker);
        story.web(web);
        story.print(web, "Listening on 0.0.0.0:8080", "GET /category/tents 200 12 ms", "warning: facet cache is cold");
        var handbook = story.world.project(story.team, "handbook");
        new History(story.world, story.world.workload(handbook, story.world.service(handbook, "handbook")))
                .live(12, "Explain returns", Duration.ofDays(3), Duration.ofSeconds(19));
        return story;
    }

    /** For whom it is told. */
    Tour tour() {
        return new Tour(world, mara, Map.of());
    }

    private static Map<String, String> with(Map<String, String> before, String... more) {
        var all = new TreeMap<>(before);
        for (int i = 0; i < more.length; i += 2) all.put(more[i], more[i + 1]);
        return all;
    }

    String address() {
        return "http://localhost:" + world.http().port();
    }

    // Who ------------------------------------------------------------------------------------------------------------

    private void people() {
        person("Jonas Okafor", "jonas", Role.ADMIN);
        person(PRIYA, "priya", Role.MEMBER);
        person(TOMAS, "tomas", Role.VIEWER);
        world.accounts.createToken(
                team, new TokenRequest("build server", Role.MEMBER, Set.of(Scope.LOGS_READ), null, null));
        if (!(world.invitations.create(mara.session().caller(), Role.MEMBER, VISIT) instanceof Invite.Made)) {
            throw new IllegalStateException("nobody was invited");
        }
    }

    private void person(String name, String mailbox, Role role) {
        var person = PeopleKit.add(world.db, world.clock, world.ids, team, role);
        world.db.change(sql -> sql.update(PEOPLE)
                .set(PEOPLE.NAME, name)
                .set(PEOPLE.EMAIL, mailbox + "@acme.example")
                .where(PEOPLE.ID.eq(person.id()))
                .execute());
    }

    // What happened --------------------------------------------------------------------------------------------------

    private void web(Workload web) {
        var history = new History(world, web);
        var one = History.process("web", "npm start", 1);
        ago(Duration.ofDays(261), () -> set(web, WEB_BEFORE));
        by(PRIYA, "5d2e6f0", history.live(138, "Show stock per size", Duration.ofHours(49), Duration.ofSeconds(55)));
        ago(Duration.ofHours(28), () -> {
            var failed = history.underWay(139, "Bump router to 7.1", "building", 31);
            by(TOMAS, "b6c9d13", failed);
            history.fail(failed, "building", "The build failed: npm ci ended with exit code 1. #138 keeps serving.");
        });
        by(TOMAS, "30bd7aa", history.live(140, "Move images to webp", Duration.ofHours(27), Duration.ofSeconds(72)));
        var passed = history.queued(141, "Lower facet cache to 60 s", Duration.ofMinutes(151));
        by(MARA, "e81f0c4", passed);
        history.end(passed, "superseded", null, world.clock.instant().minus(Duration.ofMinutes(150)));
        world.db.change(sql -> sql.update(DEPLOYMENTS)
                .set(DEPLOYMENTS.SUPERSEDED_BY, 142L)
                .where(DEPLOYMENTS.ID.eq(passed))
                .execute());
        ago(Duration.ofMinutes(150), () -> set(web, WEB_NOW));
        var serving = history.live(
                142, "Cache product facets per category", LIVE_SINCE, Duration.ofSeconds(58), WEB_BEFORE, one);
        by(MARA, "9f3c2ab", serving);
        var steps = new double[] {41.8, 3.1, 1.5, 5};
        var now = history.underWay(
                143, "Charge VAT by delivery country, including the reverse charge for companies", "checking", steps);
        history.release(
                now,
                143,
                WEB_NOW,
                History.process("web", "npm start", 2),
                History.process("release", "npm run migrate", 1));
        detail(now, "releasing", "ended well after 3.1 s");
        ago(Duration.ofMillis(51_600), () -> log(history.log(now), "web-143"));
    }

    private void worker(Workload worker) {
        var history = new History(world, worker);
        var process = History.process("worker", "node dist/worker.js", 1);
        ago(Duration.ofHours(22), () -> set(worker, WORKER_BEFORE));
        var serving = history.live(
                60,
                "Retry webhooks with backoff",
                Duration.ofHours(22),
                Duration.ofSeconds(40),
                WORKER_BEFORE,
                process);
        by(PRIYA, "77c1f20", serving);
        ago(Duration.ofMinutes(45), () -> {
            set(worker, WORKER_NOW);
            var failed = history.underWay(61, "Prefix queue keys per environment", "starting", 24.6, 0, 9.9);
            by(PRIYA, "c52e0b8", failed);
            history.release(failed, 61, WORKER_NOW, process);
            ago(Duration.ofSeconds(36), () -> log(history.log(failed), "worker-61"));
            history.log(failed).end();
            history.fail(
                    failed,
                    "starting",
                    "worker.1 ended by itself with exit code 1, 2.3 s after it started. Its last lines say why."
                            + " #60 keeps serving.",
                    1);
        });
    }

    private void by(String actor, String commit, String deployment) {
        world.db.change(sql -> sql.update(DEPLOYMENTS)
                .set(DEPLOYMENTS.ACTOR, actor)
                .set(DEPLOYMENTS.COMMIT_SHA, commit + History.SHA.substring(commit.length()))
                .where(DEPLOYMENTS.ID.eq(deployment))
                .execute());
    }

    private void detail(String deployment, String step, String text) {
        world.db.change(sql -> sql.update(DEPLOYMENT_STEPS)
                .set(DEPLOYMENT_STEPS.DETAIL, text)
                .where(DEPLOYMENT_STEPS.DEPLOYMENT_ID.eq(deployment), DEPLOYMENT_STEPS.NAME.eq(step))
                .execute());
    }

    private void set(Workload workload, Map<String, String> texts) {
        var values = new TreeMap<String, Secret>();
        texts.forEach((name, text) -> values.put(name, new Secret(text)));
        world.variables.replace(workload, values, MARA);
    }

    // What was written -----------------------------------------------------------------------------------------------

    /** Each line is there as seconds, then + for one of ours or | for one that was printed, then its text. */
    private void log(DeploymentLog log, String name) {
        var written = Duration.ZERO;
        for (var line : lines("/story/" + name + ".log")) {
            var parts = line.split(" ", 3);
            var at = Duration.ofMillis(Math.round(Double.parseDouble(parts[0]) * 1000));
            world.clock.advance(at.minus(written));
            written = at;
            if (parts[1].equals("+")) log.line(parts[2]);
            else log.output(parts[2]);
        }
        world.clock.advance(written.negated());
    }

    private static List<String> lines(String resource) {
        try (var in = AcmeStory.class.getResourceAsStream(resource)) {
            if (in == null) throw new IllegalStateException(resource + " is missing");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the release that serves prints. */
    ContainerId print(Workload workload, String... lines) {
        var container = world.engine.createContainer(new ContainerSpec(
                workload.service().name().value(),
                world.engine.addImage("app"),
                Profile.RECIPE,
                null,
                Map.of(),
                Map.of(),
                null,
                List.of(),
                Limits.DEFAULT));
        world.engine.startContainer(container);
        world.features.logs().capture(workload.id(), "web.1 #142", container);
        for (var line : lines) world.engine.print(container, line);
        return container;
    }

    private void ago(Duration time, Runnable act) {
        world.clock.advance(time.negated());
        try {
            act.run();
        } finally {
            world.clock.advance(time);
        }
    }

    @Override
    public void close() {
        world.features.logs().close();
        world.close();
    }
}
