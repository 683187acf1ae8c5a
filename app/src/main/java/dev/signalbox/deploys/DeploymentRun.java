package dev.signalbox.deploys;

import dev.signalbox.builds.BuildBroken;
import dev.signalbox.builds.BuildRefused;
import dev.signalbox.db.FaultPoint;
import dev.signalbox.engine.EngineException;
import dev.signalbox.routing.RoutingException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One deployment on its way. Every step is written down before it is taken and may be taken again, so a run that was cut
 * off simply runs once more. Until the last step has succeeded, whatever served before serves.
 */
final class DeploymentRun implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(DeploymentRun.class);

    private final Job job;
    private final Ledger ledger;
    private final ReleaseMaker releases;
    private final Rollout rollout;
    private final Consequences consequences;
    private final Thread thread;
    private final long start = System.nanoTime();

    private @Nullable Stop stop;
    private boolean isOver;
    private @Nullable String lastDetail;
    private boolean isSwitched;

    /** Why a run is told to stop, and by whom. */
    record Stop(boolean isForGood, String by) {
        static final Stop CLOSING = new Stop(false, "Signalbox");
    }

    /** What follows from how a run ended. */
    interface Consequences {
        void becameLive(Job job, Optional<Deployment> replaced);

        void ended(Job job);
    }

    DeploymentRun(Job job, Ledger ledger, ReleaseMaker releases, Rollout rollout, Consequences consequences) {
        this.job = job;
        this.ledger = ledger;
        this.releases = releases;
        this.rollout = rollout;
        this.consequences = consequences;
        this.thread = Thread.ofVirtual()
                .name("deployment " + job.deployment().number())
                .unstarted(this);
    }

    void start() {
        thread.start();
    }

    boolean awaitEnd(Duration atMost) throws InterruptedException {
        return thread.join(atMost);
    }

    Deployment deployment() {
        return job.deployment();
    }

    /** Ends the run within moments; false when it is past the point of no return. */
    synchronized boolean stop(Stop why) {
        if (isOver) return false;
        if (stop == null) {
            stop = why;
            thread.interrupt();
        }
        return true;
    }

    @Override
    public void run() {
        var before = ledger.servingOf(job.workload());
        try {
            deploy(before);
        } catch (StepFailed | BuildRefused | BuildBroken | RoutingException | EngineException e) {
            giveUp(State.FAILED, sentence(e), before);
        } catch (InterruptedException e) {
            if (isClosing()) return;
            giveUp(State.CANCELLED, "Cancelled by " + stoppedBy() + ".", before);
        } catch (RuntimeException e) {
            LOG.error(
                    "Deployment #{} of {} failed",
                    job.deployment().number(),
                    job.workload().label(),
                    e);
            giveUp(State.FAILED, "Signalbox made a mistake; its journal says more.", before);
        } finally {
            consequences.ended(job);
        }
    }

    private void deploy(Optional<Deployment> before) throws InterruptedException {
        LOG.info(
                "Deploying #{} of {}", job.deployment().number(), job.workload().label());
        var release = step(State.BUILDING, () -> releases.make(job));
        if (release.preparation().isPresent()) {
            step(
                    State.RELEASING,
                    () -> detail(
                            rollout.prepare(job, release, release.preparation().get())));
        }
        try (var fresh = step(State.STARTING, () -> rollout.start(job, release))) {
            step(State.CHECKING, () -> detail(rollout.check(job, release, fresh)));
            rollout.exclusively(job.workload(), () -> {
                step(State.ROUTING, () -> {
                    isSwitched = true;
                    return detail(rollout.route(job, release, fresh));
                });
                step(State.SETTLING, () -> detail(rollout.settle(job, fresh)));
                becomeLive(release, fresh, before);
                return true;
            });
        }
        LOG.info("Deployed #{} of {}", job.deployment().number(), job.workload().label());
    }

    private void becomeLive(Release release, Rollout.Fresh fresh, Optional<Deployment> before)
            throws InterruptedException {
        passPointOfNoReturn();
        FaultPoint.hit("deploy.live.before");
        ledger.becomeLive(job.deployment(), release, before);
        FaultPoint.hit("deploy.live.after");
        fresh.keepRunning();
        consequences.becameLive(job, before);
        job.log().line("Live     after " + Took.since(start));
        job.log().end();
    }

    private synchronized void passPointOfNoReturn() throws InterruptedException {
        if (stop != null) throw new InterruptedException();
        isOver = true;
    }

    private <T> T step(State step, Act<T> act) throws InterruptedException {
        requireNotStopped();
        if (!ledger.begin(job.deployment(), step, lastDetail)) throw new StepFailed("The service was deleted.");
        lastDetail = null;
        FaultPoint.hit("deploy." + step.word() + ".before");
        var result = act.take();
        FaultPoint.hit("deploy." + step.word() + ".after");
        return result;
    }

    private String detail(String said) {
        lastDetail = said;
        return said;
    }

    /** Takes back what was done, says how it ended, and leaves nothing but that behind. */
    private void giveUp(State end, String why, Optional<Deployment> before) {
        Thread.interrupted();
        closeDoor();
        try {
            if (isSwitched) rollout.putBack(job.workload(), before);
            rollout.remove(job.deployment());
        } catch (EngineException | RoutingException e) {
            LOG.warn(
                    "#{} of {} is left to the reconciler",
                    job.deployment().number(),
                    job.workload().label(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var standing = before.map(old -> "#" + old.number() + " keeps serving.")
                .orElse("Nothing served before, and nothing does now.");
        var reason = why + " " + standing;
        ledger.end(job.deployment(), end, reason);
        job.log().line("");
        job.log().line(reason);
        job.log().end();
        LOG.info(
                "Deployment #{} of {} ended: {}",
                job.deployment().number(),
                job.workload().label(),
                end.word());
    }

    private synchronized void closeDoor() {
        isOver = true;
    }

    private synchronized void requireNotStopped() throws InterruptedException {
        if (stop != null) throw new InterruptedException();
    }

    private synchronized boolean isClosing() {
        return stop != null && !stop.isForGood();
    }

    private synchronized String stoppedBy() {
        return stop == null ? "Signalbox" : stop.by();
    }

    private static String sentence(RuntimeException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
