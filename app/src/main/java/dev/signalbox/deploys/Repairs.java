package dev.signalbox.deploys;

import dev.signalbox.deploys.Release.ProcessType;
import dev.signalbox.engine.Container;
import dev.signalbox.engine.EngineException;
import dev.signalbox.projects.Projects;
import dev.signalbox.projects.Workload;
import dev.signalbox.routing.Backend;
import dev.signalbox.routing.Routing;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings back what a serving release has lost: containers that ended, were removed or are not well, and its route. */
final class Repairs {
    private static final Logger LOG = LoggerFactory.getLogger(Repairs.class);

    private final Ledger ledger;
    private final Replicas replicas;
    private final Healing healing;
    private final Rollout rollout;
    private final Routing routing;
    private final Projects projects;
    private final InstantSource clock;
    private final Map<String, Falls> falls = new ConcurrentHashMap<>();
    /** Deployments whose containers this process looks after: their lines are kept, and Docker starts them when they fall. */
    private final Set<String> adopted = new HashSet<>();

    Repairs(
            Ledger ledger,
            Replicas replicas,
            Healing healing,
            Rollout rollout,
            Routing routing,
            Projects projects,
            InstantSource clock) {
        this.ledger = ledger;
        this.replicas = replicas;
        this.healing = healing;
        this.rollout = rollout;
        this.routing = routing;
        this.projects = projects;
        this.clock = clock;
    }

    /** A container of this deployment ended by itself, with an error. */
    void fell(String deploymentId) {
        falls.compute(deploymentId, (id, before) -> (before == null ? Falls.NONE : before).another(clock.instant()));
    }

    /** Whether containers fell that may not stand again yet. */
    boolean isSomethingDown() {
        return falls.values().stream().anyMatch(fall -> fall.isFresh(clock.instant()));
    }

    /** What serves no more needs no repair. */
    void forgetAllBut(List<Deployment> serving) {
        var ids = serving.stream().map(Deployment::id).collect(Collectors.toSet());
        falls.keySet().retainAll(ids);
        adopted.retainAll(ids);
        healing.forgetAllBut(ids);
        rollout.forgetAllBut(serving.stream().map(Deployment::workloadId).collect(Collectors.toSet()));
    }

    /** Mends what this deployment lost, unless it is being replaced at this moment. */
    void mend(Deployment serving, List<Container> present) throws InterruptedException {
        var release = ledger.releaseOf(serving);
        if (release.isEmpty()) return;
        rollout.unlessSwitching(serving.workloadId(), () -> {
            // The picture may have changed before the switch was ours.
            var workload = projects.findWorkload(serving.workloadId())
                    .filter(now -> serving.id().equals(now.deploymentId()));
            if (workload.isPresent()) {
                startWhatFell(workload.get(), serving, release.get(), present);
                tend(workload.get(), serving, release.get());
            }
            return true;
        });
    }

    private void startWhatFell(Workload workload, Deployment serving, Release release, List<Container> present) {
        var fallen = falls.getOrDefault(serving.id(), Falls.NONE);
        if (fallen.isCrashing()) note(workload, Workload.State.CRASHING);
        var wanted = release.running().stream().mapToInt(ProcessType::replicas).sum();
        if (standing(serving, present) >= wanted && adopted.contains(serving.id())) {
            if (fallen.isPauseOver(clock.instant())) note(workload, Workload.State.LIVE);
            return;
        }
        if (!fallen.isPauseOver(clock.instant()) || mustWait(workload, serving)) return;
        var standing = standing(serving, replicas.of(serving));
        if (standing < wanted) {
            LOG.info(
                    "Starting #{} of {} again: {} of {} containers run",
                    serving.number(),
                    workload.label(),
                    standing,
                    wanted);
        }
        try {
            replicas.keepRunning(replicas.start(workload, serving, release));
            adopted.add(serving.id());
        } catch (EngineException e) {
            fell(serving.id());
            throw e;
        }
    }

    /** Where two must not run at once, the one that a restart cut off in the middle of a switch is stopped first. */
    private boolean mustWait(Workload workload, Deployment serving) {
        return !workload.service().overlap()
                && replicas.running(workload).stream().anyMatch(container -> !Replicas.isOf(serving, container));
    }

    private static long standing(Deployment serving, List<Container> present) {
        return present.stream()
                .filter(container -> Replicas.isOf(serving, container))
                .filter(container -> container.isRunning() || container.state() == Container.State.RESTARTING)
                .count();
    }

    private void note(Workload workload, Workload.State state) {
        if (workload.state() != state) ledger.noteState(workload.id(), state);
    }

    /** Requests go to what is well, and what is not is started again. */
    private void tend(Workload workload, Deployment serving, Release release) throws InterruptedException {
        var containers = replicas.of(serving);
        healing.watch(serving, release, replicas(containers.stream(), release));
        var running = replicas(containers.stream().filter(Container::isRunning), release);
        var routed = running.stream().filter(replica -> replica.process().isRouted());
        var accepting = Probe.accepting(routed.toList(), release.port());
        var backends = healing.fit(serving, accepting).stream()
                .map(replica -> new Backend(replica.ip(), release.port()))
                .toList();
        if (!backends.isEmpty()) {
            routing.point(workload, Switchover.target(workload, serving, release, backends));
        }
        for (var ill : healing.toRestart(serving, running)) {
            if (!falls.getOrDefault(serving.id(), Falls.NONE).isPauseOver(clock.instant())) return;
            fell(serving.id());
            healing.stop(serving, ill);
        }
    }

    private static List<Replica> replicas(Stream<Container> containers, Release release) {
        return containers
                .flatMap(container -> Replicas.replica(container, release).stream())
                .toList();
    }
}
