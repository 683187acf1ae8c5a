package dev.signalbox.routing;

import dev.signalbox.db.Db;
import dev.signalbox.db.Ids;
import dev.signalbox.engine.Engine;
import dev.signalbox.projects.Workload;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where requests go: the host names of workloads, and a proxy that is told by files and watched from here. */
public final class Routing {
    /** How the proxy's container is labelled, so that nobody takes it for one of an app. */
    public static final Map<String, String> PROXY_LABELS = Map.of(ProxyContainer.ROLE, ProxyContainer.PROXY);

    private static final Logger LOG = LoggerFactory.getLogger(Routing.class);
    private static final Duration SWITCH_LIMIT = Duration.ofSeconds(10);
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    /** How long a request waits for a release that is just starting. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** A switch takes some milliseconds; when it takes this long, somebody may have spoilt a file. */
    private static final Duration SUSPICIOUS = Duration.ofSeconds(1);
    /** Two proxies share a port during a replacement, and each connection meets either. */
    private static final int LOOKS_AT_BOTH = 20;

    private final ProxySettings settings;
    private final Domains domains;
    private final RouteDirectory files;
    private final AccessLog accessLog;
    private final ProxyContainer container;
    private final ProxyProbe probe;
    private final Clock clock;
    private final Map<String, ReentrantLock> turns = new ConcurrentHashMap<>();
    private final ReentrantLock watching = new ReentrantLock();
    private volatile boolean argumentsChecked;

    public Routing(Db db, Engine engine, ProxySettings settings, Clock clock, Ids ids) {
        this.settings = settings;
        this.domains = new Domains(db, clock, ids, settings.baseDomain());
        this.files = new RouteDirectory(settings.directory());
        this.accessLog = new AccessLog(settings.directory());
        this.container = new ProxyContainer(engine, settings, files.path(), accessLog.directory());
        this.probe = new ProxyProbe(settings);
        this.clock = clock;
    }

    /** The host names of a workload; the default one is claimed at the first call. */
    public List<String> hosts(Workload workload) {
        return domains.of(workload).stream().map(HostName::value).toList();
    }

    public List<String> urls(Workload workload) {
        return hosts(workload).stream().map(settings::url).toList();
    }

    /** The addresses of all of these, by the id of the workload. */
    public Map<String, List<String>> urls(Collection<Workload> workloads) {
        var urls = new HashMap<String, List<String>>();
        domains.of(workloads)
                .forEach((id, hosts) -> urls.put(
                        id,
                        hosts.stream().map(host -> settings.url(host.value())).toList()));
        return urls;
    }

    /** The id of the workload whose host name this is. What can be no name of anybody is not looked for. */
    public Optional<String> owner(String host) {
        return HostName.parse(host).flatMap(domains::owner);
    }

    /** What the address of something that is called this would be. */
    public String urlOf(String label) {
        return settings.url(label + "." + settings.baseDomain());
    }

    /**
     * Sends requests to this target and returns when the proxy was seen to do so. Where it does already, nothing is written.
     *
     * @throws RoutingException when it was not seen in time; then requests go where they went before
     */
    public void point(Workload workload, Target target) throws InterruptedException {
        var file = RouteFile.of(workload.id(), domains.of(workload), target);
        var turn = turn(workload.id());
        turn.lockInterruptibly();
        try {
            change(workload, file);
        } finally {
            turn.unlock();
        }
    }

    /**
     * Has requests wait at a place of their own, and returns when the proxy was seen to send them there. Whoever has it
     * releases and closes it.
     *
     * @param release the one that they wait for
     * @throws RoutingException when it was not seen in time; then requests go where they went before
     */
    public Hold hold(Workload workload, long release) throws InterruptedException {
        var hold = Hold.open(PATIENCE);
        boolean seen = false;
        try {
            point(workload, new Target(release, List.of(hold.address()), false, true));
            seen = true;
            return hold;
        } finally {
            if (!seen) hold.close();
        }
    }

    private void change(Workload workload, RouteFile file) throws InterruptedException {
        var owner = workload.id();
        if (files.isGood(owner, file.text()) && probe.sees(file.marker())) return;
        if (files.isSpoilt(owner)) {
            LOG.warn(
                    "The route file of {} was changed or removed by somebody else; writing it again", workload.label());
        }
        if (!probe.isUp()) ensureProxy();
        var before = files.read(owner).orElse(null);
        boolean seen = false;
        try {
            files.write(owner, file.text());
            awaitSeen(workload, file.marker());
            files.confirm(owner, file.text());
            seen = true;
        } finally {
            if (!seen) files.putBack(owner, before);
        }
    }

    private void awaitSeen(Workload workload, Marker marker) throws InterruptedException {
        if (!Wait.until(() -> probe.sees(marker), SUSPICIOUS)) {
            files.heal(this::isChanging);
            if (!Wait.until(() -> probe.sees(marker), SWITCH_LIMIT.minus(SUSPICIOUS))) {
                throw new RoutingException("The proxy did not take the new route of " + workload.label() + " within "
                        + SWITCH_LIMIT.toSeconds()
                        + " s. Requests go where they went before. Deploy again."
                        + container.lastWords());
            }
        }
        var complaint = probe.complaint(workload.id());
        if (complaint.isPresent()) {
            throw new RoutingException("The proxy refused the new route of " + workload.label() + ": " + complaint.get()
                    + ". Requests go where they went before.");
        }
    }

    /** No release serves: requests get our own page. */
    public void clear(Workload workload) {
        var file = RouteFile.of(workload.id(), domains.of(workload), null);
        inTurn(workload.id(), () -> {
            files.write(workload.id(), file.text());
            files.confirm(workload.id(), file.text());
        });
    }

    /** Forgets the route of a workload that is no more; its hosts become unknown. */
    public void remove(String workloadId) {
        inTurn(workloadId, () -> files.delete(workloadId));
        turns.remove(workloadId);
    }

    /** Keeps exactly the route files of these workloads; what else is there goes. */
    public void retainOnly(Set<String> workloadIds) {
        files.create();
        files.retain(owner -> owner.equals(ApplianceRoutes.OWNER) || workloadIds.contains(owner) || isChanging(owner));
    }

    /**
     * Sees to it that the proxy runs with our routes, and returns when it answers. Cheap when all is well, so that it can be
     * called at every look round.
     */
    public void ensureProxy() throws InterruptedException {
        watching.lockInterruptibly();
        try {
            files.create();
            accessLog.create();
            accessLog.keepBounded();
            var routes = ApplianceRoutes.of(settings.panelPort(), DefaultCertificate.in(settings.directory(), clock));
            files.write(ApplianceRoutes.OWNER, routes.text());
            if (argumentsChecked && probe.isUp() && probe.sees(routes.marker())) return;
            files.heal(owner -> owner.equals(ApplianceRoutes.OWNER) || isChanging(owner));
            startProxy(routes.marker());
            files.confirm(ApplianceRoutes.OWNER, routes.text());
            argumentsChecked = true;
        } finally {
            watching.unlock();
        }
    }

    private void startProxy(Marker marker) throws InterruptedException {
        var outdated = container.ensureStarted();
        long proxies = 1 + outdated.stream().filter(container::sharesPort).count();
        if (proxies > 1) LOG.info("Replacing the proxy: the new one starts beside the old one");
        var answers = Wait.until(
                () -> Connections.listenersOn(settings.httpPort()) >= proxies
                        && probe.isUp()
                        && isSeen(marker, proxies),
                START_LIMIT);
        if (!answers) {
            throw new RoutingException("The proxy does not answer on port " + settings.httpPort() + " after "
                    + START_LIMIT.toSeconds() + " s, so no app can be reached. It is tried again by itself."
                    + container.lastWords());
        }
        container.retire(outdated);
    }

    private boolean isSeen(Marker marker, long proxies) {
        int looks = proxies == 1 ? 1 : LOOKS_AT_BOTH;
        for (int look = 0; look < looks; look++) {
            if (!probe.sees(marker)) return false;
        }
        return true;
    }

    public boolean isProxyUp() {
        return probe.isUp();
    }

    /**
     * Asks an app through the proxy, as people do, but so that it is not counted among their requests.
     *
     * @param path as it stands in a request
     * @return the status; empty when there was no connection, or no answer within the time
     */
    public OptionalInt ask(String host, String path, Duration patience) {
        return MarkedRequest.send(settings.httpPort(), host, path, patience);
    }

    /** Connections that are open from this host to a backend; when there is none, nobody uses it any more. */
    public int openConnections(Backend backend) {
        return Connections.to(backend);
    }

    private ReentrantLock turn(String owner) {
        return turns.computeIfAbsent(owner, _ -> new ReentrantLock(true));
    }

    private boolean isChanging(String owner) {
        var turn = turns.get(owner);
        return turn != null && turn.isLocked();
    }

    private void inTurn(String owner, Runnable change) {
        var turn = turn(owner);
        turn.lock();
        try {
            files.create();
            change.run();
        } finally {
            turn.unlock();
        }
    }
}
