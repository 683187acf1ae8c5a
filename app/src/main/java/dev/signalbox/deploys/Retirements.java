package dev.signalbox.deploys;

import dev.signalbox.deploys.ReleaseStore.Retirement;
import dev.signalbox.routing.Backend;
import dev.signalbox.routing.Routing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets replaced releases end their last requests before they are stopped. They hold nothing up: each has a thread of its
 * own, and after a restart they go on where they were.
 */
final class Retirements {
    private static final Logger LOG = LoggerFactory.getLogger(Retirements.class);
    private static final int MOST_PER_WORKLOAD = 2;
    /** Requests that were on their way through the router when the route changed have reached the old one by then. */
    private static final Duration STRAGGLERS = Duration.ofSeconds(1);

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Ledger ledger;
    private final Replicas replicas;
    private final Switchover switchover;
    private final Routing routing;
    private final DeploySettings settings;
    private final Clock clock;
    /** What drains, each with a latch that tells it to hurry. */
    private final Map<String, CountDownLatch> draining = new HashMap<>();

    private boolean isClosed;

    Retirements(
            Ledger ledger,
            Replicas replicas,
            Switchover switchover,
            Routing routing,
            DeploySettings settings,
            Clock clock) {
        this.ledger = ledger;
        this.replicas = replicas;
        this.switchover = switchover;
        this.routing = routing;
        this.settings = settings;
        this.clock = clock;
    }

    /** Takes up whatever is written down as retiring and not under way yet. */
    synchronized void resume() {
        if (isClosed) return;
        var all = ledger.retiring();
        for (var retirement : all) {
            draining.computeIfAbsent(retirement.deploymentId(), id -> begin(retirement));
        }
        cutShort(all);
    }

    /** Of more than two, the oldest have had time enough. */
    private void cutShort(List<Retirement> oldestFirst) {
        var perWorkload = new HashMap<String, Integer>();
        for (var retirement : oldestFirst.reversed()) {
            if (perWorkload.merge(retirement.workloadId(), 1, Integer::sum) <= MOST_PER_WORKLOAD) continue;
            Optional.ofNullable(draining.get(retirement.deploymentId())).ifPresent(CountDownLatch::countDown);
        }
    }

    private CountDownLatch begin(Retirement retirement) {
        var hurry = new CountDownLatch(1);
        Thread.ofVirtual().name("drain").start(() -> {
            try {
                retire(retirement, hurry);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                if (!isClosing()) LOG.warn("A replaced release could not be stopped; it is tried again", e);
            } finally {
                forget(retirement);
            }
        });
        return hurry;
    }

    private synchronized void forget(Retirement retirement) {
        draining.remove(retirement.deploymentId());
    }

    private void retire(Retirement retirement, CountDownLatch hurry) throws InterruptedException {
        var deployment = ledger.find(retirement.deploymentId());
        if (deployment.isEmpty()) return;
        drain(deployment.get(), retirement.since(), hurry);
        if (isClosing()) return;
        for (var container : replicas.of(deployment.get())) replicas.stop(container);
        ledger.retired(retirement.deploymentId());
    }

    private synchronized boolean isClosing() {
        return isClosed;
    }

    private void drain(Deployment deployment, Instant since, CountDownLatch hurry) throws InterruptedException {
        if (isToHurry(hurry, STRAGGLERS)) return;
        var release = ledger.releaseOf(deployment);
        if (release.isEmpty()) return;
        var backends = switchover.backends(deployment, release.get());
        var end = since.plus(settings.drain());
        while (isServing(backends) && clock.instant().isBefore(end)) {
            if (isToHurry(hurry, PAUSE)) return;
        }
    }

    private static boolean isToHurry(CountDownLatch hurry, Duration pause) throws InterruptedException {
        return hurry.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private boolean isServing(List<Backend> backends) {
        return backends.stream().anyMatch(backend -> routing.openConnections(backend) > 0);
    }

    /** Leaves what drains as it is; the next start goes on with it. */
    synchronized void close() {
        isClosed = true;
        draining.values().forEach(CountDownLatch::countDown);
    }
}
