package dev.signalbox.deploys;

import dev.signalbox.deploys.Release.ProcessType;
import dev.signalbox.engine.Container;
import dev.signalbox.projects.Projects;
import dev.signalbox.projects.Workload;
import dev.signalbox.routing.Routing;
import dev.signalbox.routing.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings back what a serving release has lost: containers that ended or were removed, and its route. */
final class Repairs {
    private static final Logger LOG = LoggerFactory.getLogger(Repairs.class);
    private static final int CRASHES_UNTIL_CRASHING = 5;
    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);
    private static final Duration FORGIVEN_AFTER = Duration.ofMinutes(10);

    private final Ledger ledger;
    private final Replicas replicas;
    private final Switchover switchover;
    private final Rollout rollout;
    private final Routing routing;
    private final Projects projects;
    private final Clock clock;
    private final Map<String, Falls> falls = new HashMap<>();

    Repairs(
            Ledger ledger,
            Replicas replicas,
            Switchover switchover,
            Rollout rollout,
            Routing routing,
            Projects projects,
            Clock clock) {
        this.ledger = ledger;
        this.replicas = replicas;
        this.switchover = switchover;
        this.rollout = rollout;
        this.routing = routing;
        this.projects = projects;
        this.clock = clock;
    }

    /** How often a deployment's containers fell lately, and from when on the next start is due. */
    private record Falls(int count, Instant last, Instant due) {
        static final Falls NONE = new Falls(0, Instant.EPOCH, Instant.EPOCH);

        Falls another(Instant now) {
            var recent = now.isBefore(last.plus(FORGIVEN_AFTER)) ? count + 1 : 1;
            var pause = Duration.ofSeconds(1L << Math.min(recent - 1, 10));
            return new Falls(recent, now, now.plus(pause.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : pause));
        }

        boolean isCrashing() {
            return count >= CRASHES_UNTIL_CRASHING;
        }
    }

    /** Mends what this deployment lost, unless it is being replaced at this moment. */
    void mend(Deployment serving, List<Container> present) throws InterruptedException {
        var workload = projects.findWorkload(serving.workloadId());
        var release = ledger.releaseOf(serving);
        if (workload.isEmpty() || release.isEmpty()) return;
        rollout.unlessSwitching(workload.get(), () -> {
            // The picture may have changed before the switch was ours.
            if (serving.id()
                    .equals(projects.findWorkload(serving.workloadId())
                            .map(Workload::deploymentId)
                            .orElse(null))) {
                startWhatFell(workload.get(), serving, release.get(), present);
                routeToWhatAccepts(workload.get(), serving, release.get());
            }
            return true;
        });
    }

    private void startWhatFell(Workload workload, Deployment serving, Release release, List<Container> present) {
        var wanted = release.running().stream().mapToInt(ProcessType::replicas).sum();
        var standing = present.stream()
                .filter(container -> serving.id().equals(container.labels().get(Replicas.DEPLOYMENT)))
                .filter(container -> container.isRunning() || container.state() == Container.State.RESTARTING)
                .count();
        var before = falls.getOrDefault(serving.id(), Falls.NONE);
        if (standing >= wanted) {
            if (workload.state() != Workload.State.LIVE && clock.instant().isAfter(before.due())) {
                ledger.noteState(workload.id(), Workload.State.LIVE);
            }
            return;
        }
        if (clock.instant().isBefore(before.due())) return;
        var now = before.another(clock.instant());
        falls.put(serving.id(), now);
        LOG.info(
                "Starting #{} of {} again: {} of {} containers run",
                serving.number(),
                workload.label(),
                standing,
                wanted);
        if (now.isCrashing()) ledger.noteState(workload.id(), Workload.State.CRASHING);
        replicas.keepRunning(replicas.start(workload, serving, release));
    }

    /** The last replica stays in the route even when it is not well: there is nothing better to send requests to. */
    private void routeToWhatAccepts(Workload workload, Deployment serving, Release release)
            throws InterruptedException {
        var accepting = switchover.backends(serving, release).stream()
                .filter(backend -> Probe.accepts(backend.ip(), backend.port()))
                .toList();
        if (!accepting.isEmpty()) routing.point(workload, new Target(serving.number(), accepting));
    }
}
