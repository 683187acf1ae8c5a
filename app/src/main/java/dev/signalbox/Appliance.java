package dev.signalbox;

import dev.signalbox.accounts.Accounts;
import dev.signalbox.accounts.Audit;
import dev.signalbox.accounts.Invitations;
import dev.signalbox.accounts.Members;
import dev.signalbox.accounts.People;
import dev.signalbox.accounts.Sessions;
import dev.signalbox.builds.Builds;
import dev.signalbox.db.DataLock;
import dev.signalbox.db.Db;
import dev.signalbox.db.Identity;
import dev.signalbox.db.Ids;
import dev.signalbox.deploys.DeploySettings;
import dev.signalbox.deploys.Deploys;
import dev.signalbox.deploys.Parts;
import dev.signalbox.engine.DockerEngine;
import dev.signalbox.engine.Engine;
import dev.signalbox.git.GitLimits;
import dev.signalbox.git.GitRemote;
import dev.signalbox.git.Repositories;
import dev.signalbox.logs.Logs;
import dev.signalbox.projects.Projects;
import dev.signalbox.projects.Variables;
import dev.signalbox.routing.ProxySettings;
import dev.signalbox.routing.Routing;
import dev.signalbox.secrets.KeyUnusable;
import dev.signalbox.secrets.MasterKey;
import dev.signalbox.secrets.SealBroken;
import dev.signalbox.secrets.Sealer;
import dev.signalbox.secrets.Secret;
import dev.signalbox.space.Space;
import dev.signalbox.space.SpaceSettings;
import dev.signalbox.web.Addresses;
import dev.signalbox.web.AdminSocket;
import dev.signalbox.web.Features;
import dev.signalbox.web.WebServer;
import dev.signalbox.web.WebSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole appliance, wired by hand. What is opened here is closed in reverse. */
final class Appliance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Appliance.class);
    /** The listener answers before anything is asked of Docker. */
    private static final Duration HEAD_START = Duration.ofMillis(200);

    private static final Duration LEAVE = Duration.ofSeconds(5);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Space space;
    private final Builds builds;
    private final Deploys deploys;
    private final Repositories repositories;
    private final WebServer web;
    private final Thread starter = Thread.ofVirtual().name("start").unstarted(this::lookAfterWhatRuns);
    private final Identity identity;

    /**
     * Opens the data and wires the parts; nothing listens or runs yet.
     *
     * @throws dev.signalbox.secrets.KeyUnusable when the master key is missing or not this data's
     * @throws dev.signalbox.db.DatabaseUnusable when the data cannot be used, or another process uses it
     */
    Appliance(Settings settings, Clock clock) throws IOException {
        var data = Files.createDirectories(settings.data());
        var random = new SecureRandom();
        var ids = new Ids(random);
        closeAtEnd(DataLock.acquire(data));
        var key = MasterKey.load(settings.masterKey());
        var db = closeAtEnd(Db.open(settings.database()));
        this.identity = identity(db, ids, clock, new Sealer(key, "appliance.sealed_check", random), settings);

        var accounts = new Accounts(db, clock, ids);
        var audit = new Audit(db, clock);
        var sessions = new Sessions(db, clock);
        var people = new People(db, clock, ids, random);
        var removals = new Removals();
        var projects = new Projects(db, clock, ids, removals);
        var variables = new Variables(db, clock, new Sealer(key, "variables.sealed_value", random));

        Engine engine = closeAtEnd(DockerEngine.connect(settings.dockerHost(), identity.instance(), clock));
        var logs = closeAtEnd(new Logs(data.resolve("logs"), engine, clock));
        var proxy = new ProxySettings(
                identity.instance(),
                data.resolve("proxy"),
                settings.httpPort(),
                settings.httpsPort(),
                settings.proxyApiPort(),
                settings.panelPort(),
                settings.baseDomain(),
                settings.proxyImage());
        var routing = new Routing(db, engine, proxy, clock, ids);
        this.repositories = new Repositories(data.resolve("repos"), ids);
        var sources = new GitSources(repositories, projects);
        this.space = closeAtEnd(new Space(
                db, engine, projects, logs, clock, SpaceSettings.standard(data).withCache(settings.buildCacheBytes())));
        this.builds = new Builds(engine, db, clock, buildsAtOnce(), space.room());
        var parts = new Parts(
                db,
                new Sealer(key, "releases.sealed_variables", random),
                clock,
                ids,
                engine,
                builds,
                routing,
                logs,
                projects,
                variables,
                sources,
                space);
        this.deploys =
                closeAtEnd(new Deploys(parts, DeploySettings.standard(identity.instance(), settings.httpPort())));
        removals.tell(deploys, repositories, routing);
        var pushes = new PushDeployments(deploys, logs, routing, sources);
        var git = new GitRemote(repositories, accounts, projects, audit, pushes, GitLimits.DEFAULT);
        var features = new Features(
                accounts,
                audit,
                projects,
                variables,
                deploys,
                logs,
                git,
                routing::urls,
                new Addresses(routing::urls, routing::urlOf, routing::owner),
                new Machine(space, builds),
                space,
                people,
                sessions,
                new Members(db, clock),
                new Invitations(db, clock, ids, people));
        var panel = PanelUrl.of(settings);
        var status = new Status(identity.instance(), settings, panel, engine, routing, projects, deploys);
        closeAtEnd(AdminSocket.open(settings.adminSocket(), accounts, people, audit, panel, status, clock));
        closeAtEnd(HeapRelief.start());
        this.web = closeAtEnd(
                new WebServer(WebSettings.defaults(settings.panelPort(), null), features, clock, () -> ids.random(16)));
    }

    /** Begins to answer, and a moment later to look after what runs. */
    void start() {
        LOG.info("Signalbox {} answers on 127.0.0.1:{}", identity.instance(), web.start());
        starter.start();
    }

    private void lookAfterWhatRuns() {
        try {
            Thread.sleep(HEAD_START);
            space.start();
            deploys.start();
            repositories.tidy();
            builds.warmUp();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("Not everything could be taken up again; start Signalbox once more", e);
        }
    }

    private static Identity identity(Db db, Ids ids, Clock clock, Sealer sealer, Settings settings) {
        var instance = Objects.requireNonNullElseGet(settings.instance(), () -> ids.random(6));
        var identity = Identity.of(db, instance, clock.instant(), text -> sealer.seal("1", new Secret(text)));
        try {
            sealer.open("1", identity.sealedCheck());
        } catch (SealBroken e) {
            throw KeyUnusable.wrong(settings.masterKey(), e);
        }
        return identity;
    }

    private static int buildsAtOnce() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    private void endStart() {
        starter.interrupt();
        try {
            starter.join(LEAVE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private <T extends AutoCloseable> T closeAtEnd(T part) {
        open.push(part);
        return part;
    }

    @Override
    public void close() {
        endStart();
        while (!open.isEmpty()) {
            var part = open.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("{} did not close", part.getClass().getSimpleName(), e);
            }
        }
    }
}
