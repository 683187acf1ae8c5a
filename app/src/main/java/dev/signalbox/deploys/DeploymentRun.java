package dev.signalbox.deploys;

import dev.signalbox.builds.BuildBroken;
import dev.signalbox.builds.BuildRefused;
import dev.signalbox.db.FaultPoint;
import dev.signalbox.deploys.Rollout.Fresh;
import dev.signalbox.deploys.Switchover.Former;
import dev.signalbox.engine.EngineException;
import dev.signalbox.routing.RoutingException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One deployment on its way. Every step is written down before it is taken and may be taken again, so a run that was cut
 * off simply runs once more. Until the last step has succeeded, whatever served before serves; after it nothing is undone.
 */
final class DeploymentRun implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(DeploymentRun.class);

    private final Job job;
    private final Ledger ledger;
    private final ReleaseMaker releases;
    private final Rollout rollout;
    private final SwitchScores scores;
    private final Consequences consequences;
    private final Thread thread;
    private final long start = System.nanoTime();

    private @Nullable Stop stop;
    private boolean isOver;
    private @Nullable String lastDetail;

    /** Why a run is told to stop, and by whom. */
    record Stop(boolean isForGood, String by) {
        static final Stop CLOSING = new Stop(false, "Signalbox");
    }

    /** What follows from how a run ended. */
    interface Consequences {
        void becameLive(Job job);

        void ended(Job job);
    }

    private interface Undoing {
        void run() throws InterruptedException;
    }

    DeploymentRun(
            Job job,
            Ledger ledger,
            ReleaseMaker releases,
            Rollout rollout,
            SwitchScores scores,
            Consequences consequences) {
        this.job = job;
        this.ledger = ledger;
        this.releases = releases;
        this.rollout = rollout;
        this.scores = scores;
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
        var before = Optional.<Deployment>empty();
        try {
            before = ledger.servingOf(job.workload());
            deploy(before);
        } catch (InterruptedException e) {
            leave(before);
        } catch (RuntimeException | Error e) {
            // What is interrupted fails in many ways; it is stopped all the same.
            if (isStopped()) leave(before);
            else giveUp(failureOf(e), sentence(e), before);
        } finally {
            consequences.ended(job);
        }
    }

    private void deploy(Optional<Deployment> before) throws InterruptedException {
        LOG.info(
                "Deploying #{} of {}", job.deployment().number(), job.workload().label());
        var release = step(State.BUILDING, "for the build to end", () -> releases.make(job));
        if (release.preparation().isPresent()) {
            step(
                    State.RELEASING,
                    "for the release command to end",
                    () -> detail(
                            rollout.prepare(job, release, release.preparation().get())));
        }
        try (var fresh = step(State.STARTING, "for Docker to start it", () -> rollout.start(job, release))) {
            try {
                step(State.CHECKING, Rollout.awaited(release), () -> detail(rollout.check(job, release, fresh)));
                rollout.exclusively(job.workload(), () -> switchOver(release, fresh, before));
            } catch (StepFailed e) {
                throw rollout.explain(fresh, e);
            }
            followUp(fresh);
        }
        LOG.info("Deployed #{} of {}", job.deployment().number(), job.workload().label());
    }

    private boolean switchOver(Release release, Fresh fresh, Optional<Deployment> before) throws InterruptedException {
        var former = rollout.former(job.workload(), before);
        try (var _ = scores.measure(job, release, former)) {
            return switchOver(release, fresh, before, former);
        }
    }

    private boolean switchOver(Release release, Fresh fresh, Optional<Deployment> before, Former former)
            throws InterruptedException {
        try {
            step(
                    State.ROUTING,
                    "for the router to take the new route",
                    () -> detail(rollout.route(job, release, fresh)));
            step(State.SETTLING, "to see whether it stays good", () -> detail(rollout.settle(job, fresh)));
            becomeLive(release, before);
            return true;
        } catch (InterruptedException | RuntimeException e) {
            if (!isClosing()) putBack(former);
            throw e;
        }
    }

    private void becomeLive(Release release, Optional<Deployment> before) throws InterruptedException {
        passPointOfNoReturn();
        FaultPoint.hit("deploy.live.before");
        if (!ledger.becomeLive(job.deployment(), release, before, lastDetail)) throw new StepFailed("It is gone.");
        FaultPoint.hit("deploy.live.after");
    }

    /** It is live and stays so: what goes wrong here is made up for by the reconciler. */
    private void followUp(Fresh fresh) {
        try {
            consequences.becameLive(job);
            fresh.keepRunning();
            job.log().line("Live     after " + Took.since(start));
        } catch (RuntimeException e) {
            if (isDeleted()) return;
            LOG.warn(
                    "#{} of {} is live; what follows is left to the reconciler: {}",
                    job.deployment().number(),
                    job.workload().label(),
                    e.toString());
        } finally {
            job.log().end();
        }
    }

    private synchronized void passPointOfNoReturn() throws InterruptedException {
        if (stop != null) throw new InterruptedException();
        isOver = true;
    }

    private <T> T step(State step, String awaited, Act<T> act) throws InterruptedException {
        requireNotStopped();
        if (!ledger.begin(job.deployment(), step, lastDetail)) throw new StepFailed("It is over.");
        lastDetail = null;
        FaultPoint.hit("deploy." + step.word() + ".before");
        try (var _ = Patience.with(job.log(), awaited)) {
            var result = act.take();
            FaultPoint.hit("deploy." + step.word() + ".after");
            return result;
        }
    }

    private String detail(String said) {
        lastDetail = said;
        return said;
    }

    /** A run that is told to stop: for good, or until the next start goes on with it. */
    private void leave(Optional<Deployment> before) {
        if (!isClosing()) giveUp(null, "Cancelled by " + stoppedBy() + ".", before);
    }

    /**
     * Says how it ended, and leaves nothing but that behind; of what failed also its containers, stopped.
     *
     * @param failure null when it was cancelled
     */
    private void giveUp(@Nullable Failure failure, String why, Optional<Deployment> before) {
        closeDoor();
        FaultPoint.hit("deploy.ending.before");
        attempt(() -> {
            if (failure == null) rollout.remove(job.deployment());
            else rollout.rest(job.deployment());
        });
        var reason = why + " " + Standing.withoutNewest(before.orElse(null));
        var hasEnded = failure == null
                ? ledger.end(job.deployment(), State.CANCELLED, reason)
                : ledger.fail(job.deployment(), reason, failure);
        FaultPoint.hit("deploy.ending.after");
        if (hasEnded || isDeleted()) job.log().line("");
        if (hasEnded && failure != null) job.log().trouble(reason);
        else if (hasEnded) job.log().line(reason);
        else if (isDeleted()) job.log().line("The service was deleted.");
        job.log().end();
        LOG.info(
                "Deployment #{} of {} ended: {}",
                job.deployment().number(),
                job.workload().label(),
                failure == null ? State.CANCELLED.word() : State.FAILED.word());
    }

    private boolean isDeleted() {
        return ledger.find(job.deployment().id()).isEmpty();
    }

    private void putBack(Former former) {
        closeDoor();
        attempt(() -> rollout.putBack(job, former));
    }

    private void attempt(Undoing undoing) {
        try {
            undoing.run();
        } catch (EngineException | RoutingException e) {
            LOG.warn(
                    "#{} of {} is left to the reconciler: {}",
                    job.deployment().number(),
                    job.workload().label(),
                    e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** From here on nobody stops it, so that it can clean up undisturbed. */
    private synchronized void closeDoor() {
        isOver = true;
        Thread.interrupted();
    }

    private synchronized void requireNotStopped() throws InterruptedException {
        if (stop != null) throw new InterruptedException();
    }

    private synchronized boolean isStopped() {
        return stop != null;
    }

    private synchronized boolean isClosing() {
        return stop != null && !stop.isForGood();
    }

    private synchronized String stoppedBy() {
        return stop == null ? "Signalbox" : stop.by();
    }

    private static Failure failureOf(Throwable e) {
        return e instanceof StepFailed failed ? failed.failure() : Failure.OTHER;
    }

    private String sentence(Throwable e) {
        return switch (e) {
            case StepFailed why -> String.valueOf(why.getMessage());
            case BuildRefused why -> String.valueOf(why.getMessage());
            case BuildBroken why -> String.valueOf(why.getMessage());
            case RoutingException why -> String.valueOf(why.getMessage());
            case EngineException why -> String.valueOf(why.getMessage());
            default -> {
                LOG.error(
                        "Deployment #{} of {} failed",
                        job.deployment().number(),
                        job.workload().label(),
                        e);
                yield "Signalbox made a mistake; its journal says more.";
            }
        };
    }
}
