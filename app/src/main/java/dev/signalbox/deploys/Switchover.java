package dev.signalbox.deploys;

import dev.signalbox.deploys.Probe.Answer;
import dev.signalbox.deploys.Release.ProcessType;
import dev.signalbox.engine.Container;
import dev.signalbox.projects.Workload;
import dev.signalbox.routing.Backend;
import dev.signalbox.routing.Hold;
import dev.signalbox.routing.Routing;
import dev.signalbox.routing.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets requests go to other replicas, watches how that goes, and takes it back. */
final class Switchover {
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final String LOOPBACK = "127.0.0.1";

    private final Routing routing;
    private final Replicas replicas;
    private final Probe probe;
    private final DeploySettings settings;

    Switchover(Routing routing, Replicas replicas, Probe probe, DeploySettings settings) {
        this.routing = routing;
        this.replicas = replicas;
        this.probe = probe;
        this.settings = settings;
    }

    /** Returns when the router is seen to send requests to these replicas. */
    void routeTo(Job job, Release release, List<Replica> fresh) throws InterruptedException {
        var backends = backends(release, fresh);
        if (backends.isEmpty()) {
            routing.clear(job.workload());
        } else {
            routing.point(job.workload(), target(job.workload(), job.deployment(), release, backends));
        }
    }

    /** The addresses among these that answer requests. */
    static List<Backend> backends(Release release, List<Replica> replicas) {
        return replicas.stream()
                .filter(replica -> replica.process().isRouted())
                .map(replica -> new Backend(replica.ip(), release.port()))
                .toList();
    }

    static Target target(Workload workload, Deployment deployment, Release release, List<Backend> backends) {
        return new Target(
                deployment.number(),
                backends,
                isSticky(release),
                !workload.service().overlap());
    }

    /** Asks through the router, as people do, until the new release has answered well for long enough. */
    String settle(Job job, List<Replica> fresh) throws InterruptedException {
        var host = routing.hosts(job.workload()).stream().findFirst();
        var routed = fresh.stream()
                .map(Replica::process)
                .filter(ProcessType::isRouted)
                .findFirst();
        var start = System.nanoTime();
        int asked = 0;
        while (System.nanoTime() - start < settings.settle().toNanos()) {
            for (var replica : fresh) requireRunning(replica);
            if (routed.isPresent() && host.isPresent()) {
                var check = routed.get().check();
                requireGood(check, ask(check, host.get()));
                asked++;
            }
            Thread.sleep(PAUSE);
        }
        if (asked > 0) return asked + " of " + asked + " answers through the router were good";
        return "stayed up for " + Took.of(settings.settle());
    }

    private void requireRunning(Replica replica) {
        if (replicas.find(replica).filter(Container::isRunning).isEmpty()) {
            throw new StepFailed(replica.label() + " did not stay up after requests went to it.");
        }
    }

    private Answer ask(HealthCheck check, String host) throws InterruptedException {
        return probe.ask(LOOPBACK, settings.routerPort(), check.pathThroughRouter(), host, check.answer());
    }

    private static void requireGood(HealthCheck check, Answer answer) {
        switch (answer) {
            case Answer.Status(var code) when check.isGoodThroughRouter(code) -> {}
            case Answer.Status(var code) ->
                throw new StepFailed("Through the router it answered " + code + " right after it went live.");
            case Answer.None none ->
                throw new StepFailed("Through the router it did not answer right after it went live.");
        }
    }

    /** Where requests for a workload went before a switch; null when nothing served. */
    record Former(Workload workload, @Nullable Target target) {}

    /** Found out before the switch, so that going back needs nothing but the router. */
    Former former(Workload workload, Optional<Deployment> before, Optional<Release> release) {
        if (before.isEmpty() || release.isEmpty()) return new Former(workload, null);
        var backends = backends(before.get(), release.get());
        return new Former(
                workload, backends.isEmpty() ? null : target(workload, before.get(), release.get(), backends));
    }

    /** Whether whoever asks stays with one replica. */
    static boolean isSticky(Release release) {
        return release.routed().filter(ProcessType::sticky).isPresent();
    }

    /** Sends requests back to what served before, or to our own page when nothing did. */
    void putBack(Former former) throws InterruptedException {
        if (former.target() == null) routing.clear(former.workload());
        else routing.point(former.workload(), former.target());
    }

    /** Has requests wait; returns when the router is seen to send them there. */
    Hold hold(Job job) throws InterruptedException {
        return routing.hold(job.workload(), job.deployment().number());
    }

    /** Returns when the router is seen to send requests to what this deployment runs at these addresses. */
    void routeTo(Workload workload, Deployment deployment, Release release, List<Backend> backends)
            throws InterruptedException {
        routing.point(workload, target(workload, deployment, release, backends));
    }

    /** Whether a request is under way to one of these. */
    boolean isUsed(List<Backend> backends) {
        return backends.stream().anyMatch(backend -> routing.openConnections(backend) > 0);
    }

    /** The workload is no more, and so is its route. */
    void forget(Workload workload) {
        routing.remove(workload.id());
    }

    /** Where the routed process of this deployment can be reached now. */
    List<Backend> backends(Deployment deployment, Release release) {
        return replicas.of(deployment).stream()
                .filter(container -> container.isRunning() && container.ip() != null && Replicas.isRouted(container))
                .map(container -> new Backend(container.ip(), release.port()))
                .toList();
    }
}
