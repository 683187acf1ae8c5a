package dev.signalbox.deploys;

import dev.signalbox.deploys.Probe.Answer;
import dev.signalbox.projects.Workload;
import dev.signalbox.routing.Backend;
import dev.signalbox.routing.Routing;
import dev.signalbox.routing.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
        var backends = fresh.stream()
                .filter(replica -> replica.process().isRouted())
                .map(replica -> new Backend(replica.ip(), release.port()))
                .toList();
        if (backends.isEmpty()) {
            routing.clear(job.workload());
        } else {
            routing.point(job.workload(), new Target(job.deployment().number(), backends));
        }
    }

    /** Asks through the router, as people do, until the new release has answered well for long enough. */
    String settle(Job job, List<Replica> fresh) throws InterruptedException {
        var host = routing.hosts(job.workload()).stream().findFirst();
        var isRouted = fresh.stream().anyMatch(replica -> replica.process().isRouted());
        var start = System.nanoTime();
        int asked = 0;
        while (System.nanoTime() - start < settings.settle().toNanos()) {
            for (var replica : fresh) requireRunning(replica);
            if (isRouted && host.isPresent()) {
                requireGood(probe.ask(LOOPBACK, settings.routerPort(), "/", host.get()));
                asked++;
            }
            Thread.sleep(PAUSE);
        }
        return asked + " of " + asked + " answers through the router were good";
    }

    private void requireRunning(Replica replica) {
        var running = replicas.find(replica).filter(container -> container.isRunning());
        if (running.isEmpty()) {
            throw new StepFailed(replica.label() + " stopped right after it went live. Its last lines say why.");
        }
    }

    private static void requireGood(Answer answer) {
        switch (answer) {
            case Answer.Status status when status.isGood() -> {}
            case Answer.Status(var code) ->
                throw new StepFailed("Through the router it answered " + code + " right after it went live.");
            case Answer.None none ->
                throw new StepFailed("Through the router it did not answer right after it went live.");
        }
    }

    /** Sends requests back to what served before, or to our own page when nothing did. */
    void putBack(Workload workload, Optional<Deployment> before, Optional<Release> release)
            throws InterruptedException {
        if (before.isEmpty() || release.isEmpty()) {
            routing.clear(workload);
            return;
        }
        var backends = backends(before.get(), release.get());
        if (backends.isEmpty()) {
            routing.clear(workload);
        } else {
            routing.point(workload, new Target(before.get().number(), backends));
        }
    }

    /** Where the routed process of this deployment can be reached now. */
    List<Backend> backends(Deployment deployment, Release release) {
        return replicas.of(deployment).stream()
                .filter(container -> container.isRunning() && container.ip() != null && Replicas.isRouted(container))
                .map(container -> new Backend(container.ip(), release.port()))
                .toList();
    }
}
