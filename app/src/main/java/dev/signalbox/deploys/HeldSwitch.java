package dev.signalbox.deploys;

import dev.signalbox.db.FaultPoint;
import dev.signalbox.deploys.Switchover.Former;
import dev.signalbox.engine.Container;
import dev.signalbox.engine.EngineException;
import dev.signalbox.projects.Workload;
import dev.signalbox.routing.Backend;
import dev.signalbox.routing.Hold;
import dev.signalbox.routing.RoutingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a release in the place of one that must not run beside it: requests wait while the old one stops and the new one
 * starts. The way back is the same the other way round.
 */
final class HeldSwitch {
    /** What the step is called in which requests begin to wait and the old release stops. */
    static final String STEP = "holding";

    private static final Logger LOG = LoggerFactory.getLogger(HeldSwitch.class);
    /** What takes longer, such as a WebSocket, is told to end together with its release. */
    private static final Duration LAST_REQUESTS = Duration.ofSeconds(5);
    /** Requests that were on their way through the router when the route changed have connected by then. */
    private static final Duration STRAGGLERS = Duration.ofMillis(100);

    private static final Duration LOST = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final Job job;
    private final Deployment old;
    private final Release oldRelease;
    private final Replicas replicas;
    private final Health health;
    private final Switchover switchover;
    private final Ledger ledger;
    private final DeploySettings settings;
    private @Nullable Hold hold;
    private long heldSince;
    private boolean isReleased;
    private boolean isStopping;

    HeldSwitch(
            Job job,
            Deployment old,
            Release oldRelease,
            Replicas replicas,
            Health health,
            Switchover switchover,
            Ledger ledger,
            DeploySettings settings) {
        this.job = job;
        this.old = old;
        this.oldRelease = oldRelease;
        this.replicas = replicas;
        this.health = health;
        this.switchover = switchover;
        this.ledger = ledger;
        this.settings = settings;
    }

    /** How messages name what is replaced. */
    String oldName() {
        return "#" + old.number();
    }

    /** Whether the process ended when this deployment may have begun to take the old one's place. */
    boolean wasCutOff() {
        return job.deployment().state().compareTo(State.STARTING) >= 0;
    }

    /** Has requests wait, and returns when nothing of the workload runs any more; says how long that took. */
    String begin(Release release) throws InterruptedException {
        // Whatever can be done before requests wait.
        replicas.create(job.workload(), job.deployment(), release);
        replicas.running(job.workload()).forEach(replicas::leaveWhenEnded);
        job.log()
                .line("Hold     "
                        + (oldRelease.isRouted()
                                ? "requests wait while " + oldName() + " stops"
                                : oldName() + " stops"));
        var start = System.nanoTime();
        if (oldRelease.isRouted()) makeWait();
        FaultPoint.hit("deploy.holding.held");
        isStopping = true;
        stop(container -> true);
        var said = oldName() + " stopped after " + Took.since(start);
        job.log().line("         " + said);
        return said;
    }

    private void makeWait() throws InterruptedException {
        if (hold != null && !isReleased) return;
        var before = hold;
        ledger.noteState(job.workload().id(), Workload.State.HELD);
        hold = switchover.hold(job);
        if (before == null) heldSince = System.nanoTime();
        else before.closeWhenUnused();
        isReleased = false;
        awaitLastRequests();
    }

    /** Those that came before requests began to wait. */
    private void awaitLastRequests() throws InterruptedException {
        Thread.sleep(STRAGGLERS);
        var addresses = new ArrayList<>(switchover.backends(old, oldRelease));
        ledger.releaseOf(job.deployment())
                .ifPresent(fresh -> addresses.addAll(switchover.backends(job.deployment(), fresh)));
        var limit = settings.stopGrace().compareTo(LAST_REQUESTS) < 0 ? settings.stopGrace() : LAST_REQUESTS;
        var end = System.nanoTime() + limit.toNanos();
        while (switchover.isUsed(addresses) && System.nanoTime() < end) Thread.sleep(PAUSE);
    }

    /** Stops what runs of the workload, all at once: each may take its time. */
    private void stop(Predicate<Container> which) throws InterruptedException {
        var stops = replicas.running(job.workload()).stream()
                .filter(which)
                .<Callable<Boolean>>map(container -> () -> {
                    replicas.halt(container.id());
                    return true;
                })
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var stopped : threads.invokeAll(stops)) stopped.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw new IllegalStateException(e.getCause());
        }
    }

    /** What waits goes to these, and so does what comes: first through where it waited, then by itself. */
    String cross(Release release, List<Replica> fresh) throws InterruptedException {
        var start = System.nanoTime();
        var backends = Switchover.backends(release, fresh);
        var waited = hold == null || backends.isEmpty() ? "" : "; requests had waited for " + release(backends);
        switchover.routeTo(job, release, fresh);
        closeHold();
        var said = backends.isEmpty() ? "no process takes requests" : "switched in " + Took.since(start) + waited;
        job.log().line("Route    " + said);
        return said;
    }

    private String release(List<Backend> backends) {
        if (hold != null) hold.release(backends);
        isReleased = true;
        return Took.since(heldSince);
    }

    /** The router sends nothing there any more. */
    private void closeHold() {
        if (hold == null) return;
        if (isReleased) hold.closeWhenUnused();
        else hold.close();
        hold = null;
    }

    /** Our process is about to end: the next one takes this up again. */
    void abandon() {
        closeHold();
    }

    /** After a restart, which may have cut off a switch anywhere: the old release serves again before all is tried anew. */
    void recover() throws InterruptedException {
        job.log().line("         " + oldName() + " serves until then");
        isStopping = true;
        restore();
    }

    /** Stops what is new, starts what served, and sends requests there; says how things stand then. */
    String goBack() throws InterruptedException {
        try {
            if (ledger.find(old.id()).isEmpty()) {
                switchover.forget(job.workload());
                closeHold();
                return "";
            }
            job.log().line("Back     to " + oldName());
            return restore();
        } catch (EngineException | RoutingException | StepFailed e) {
            // The router may send requests there until what serves is put right.
            if (hold != null) hold.closeAfter(LOST);
            if (!isStopping) return keepsServing();
            LOG.warn(
                    "{} of {} could not be put back: {}",
                    oldName(),
                    job.workload().label(),
                    e.getMessage());
            ledger.noteState(job.workload().id(), Workload.State.CRASHING);
            return oldName() + " could not be started again, so nothing serves; it is tried again by itself.";
        }
    }

    private String restore() throws InterruptedException {
        if (isStopping && oldRelease.isRouted()) makeWaitIfPossible();
        // One that was told to stop has to end before it can start.
        stop(container -> isStopping || !Replicas.isOf(old, container));
        var standing = isStopping ? startOld() : keepOld();
        var backends = switchover.backends(old, oldRelease);
        if (!backends.isEmpty()) {
            release(backends);
            switchover.routeTo(job.workload(), old, oldRelease, backends);
        } else if (!oldRelease.isRouted()) {
            switchover.putBack(new Former(job.workload(), null));
        }
        closeHold();
        isStopping = false;
        ledger.noteState(job.workload().id(), Workload.State.LIVE);
        return standing;
    }

    private String keepOld() {
        replicas.of(old).forEach(replicas::keepRunning);
        return keepsServing();
    }

    private String keepsServing() {
        return Standing.withoutNewest(old);
    }

    /** Without the router requests go where they went, which may be where they waited before. */
    private void makeWaitIfPossible() throws InterruptedException {
        try {
            makeWait();
        } catch (RoutingException e) {
            LOG.warn("Requests of {} cannot wait: {}", job.workload().label(), e.getMessage());
        }
    }

    private String startOld() throws InterruptedException {
        var started = replicas.start(job.workload(), old, oldRelease);
        String standing;
        try {
            health.await(oldRelease, started);
            standing = oldName() + " was started again and serves.";
        } catch (StepFailed e) {
            // There is nothing better to send requests to.
            standing = oldName() + " was started again, but is not well: " + e.getMessage();
        }
        replicas.keepRunning(started);
        return standing;
    }
}
