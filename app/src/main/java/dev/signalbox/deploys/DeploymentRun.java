package dev.signalbox.deploys;

import dev.signalbox.db.FaultPoint;
import dev.signalbox.deploys.Rollout.Fresh;
import dev.signalbox.deploys.Switchover.Former;
import dev.signalbox.engine.EngineException;
import dev.signalbox.routing.RoutingException;
import java.time.Duration;
import java.util.Objects;
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
    private static final String ROUTE_AWAITED = "for the router to take the new route";

    private final Job job;
    private final Ledger ledger;
    private final ReleaseMaker releases;
    private final Rollout rollout;
    private final SwitchScores scores;
    private final Consequences consequences;
    private final Steps steps;
    private final Thread thread;
    private final Brake brake;
    private final long start = System.nanoTime();

    private boolean isLive;
    private @Nullable String standing;

    /** Why a run is told to stop, and by whom. */
    record Stop(boolean isForGood, String by) {
        static final Stop CLOSING = new Stop(false, "Signalbox");
    }

    /** What follows from how a run ended. */
    interface Consequences {
        void becameLive(Job job);

        void ended(Job job);
    }

    /** How requests come to what was started and is good. */
    private interface Switch {
        boolean over(Fresh fresh) throws InterruptedException;
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
        this.brake = new Brake(thread);
        this.steps = new Steps(job, ledger, brake::requireNotPulled);
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
    boolean stop(Stop why) {
        return brake.pull(why);
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
            if (brake.isPulled()) leave(before);
            else giveUp(FailureWords.failure(e), FailureWords.sentence(e, job), before);
        } finally {
            consequences.ended(job);
        }
    }

    private void deploy(Optional<Deployment> before) throws InterruptedException {
        LOG.info(
                "Deploying #{} of {}", job.deployment().number(), job.workload().label());
        var held = rollout.inPlaceOf(job, before);
        if (held.isPresent() && held.get().wasCutOff()) exclusively(held.get(), held.get()::recover);
        var release = steps.take(State.BUILDING, "for the build to end", () -> releases.make(job));
        if (release.preparation().isPresent()) {
            steps.take(
                    State.RELEASING,
                    "for the release command to end",
                    () -> steps.detail(
                            rollout.prepare(job, release, release.preparation().get())));
        }
        if (held.isPresent()) {
            try (var _ = scores.measure(job, release, rollout.former(job.workload(), before))) {
                exclusively(held.get(), () -> replace(release, before, held.get()));
            }
        } else {
            start(release, fresh -> rollout.exclusively(job.workload(), () -> switchOver(release, fresh, before)));
        }
        LOG.info("Deployed #{} of {}", job.deployment().number(), job.workload().label());
    }

    private void start(Release release, Switch next) throws InterruptedException {
        try (var fresh = steps.take(State.STARTING, "for Docker to start it", () -> rollout.start(job, release))) {
            try {
                steps.take(
                        State.CHECKING,
                        Rollout.awaited(release),
                        () -> steps.detail(rollout.check(job, release, fresh)));
                next.over(fresh);
            } catch (StepFailed e) {
                throw rollout.explain(fresh, e);
            }
            followUp(fresh);
        }
    }

    /** What served stops before this starts, and requests wait meanwhile. */
    private void replace(Release release, Optional<Deployment> before, HeldSwitch held) throws InterruptedException {
        steps.take(
                State.STARTING,
                HeldSwitch.STEP,
                "for " + held.oldName() + " to stop",
                () -> steps.detail(held.begin(release)));
        start(release, fresh -> {
            steps.take(State.ROUTING, ROUTE_AWAITED, () -> steps.detail(held.cross(release, fresh.replicas())));
            settle(release, fresh, before);
            return true;
        });
    }

    /** Nobody else touches the workload meanwhile; and whatever goes wrong, what served serves again. */
    private void exclusively(HeldSwitch held, Undoing act) throws InterruptedException {
        rollout.exclusively(job.workload(), () -> {
            try {
                act.run();
                return true;
            } catch (InterruptedException | RuntimeException e) {
                if (brake.isForLater()) held.abandon();
                else if (!isLive) {
                    brake.release();
                    standing = held.goBack();
                }
                throw e;
            }
        });
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
            steps.take(State.ROUTING, ROUTE_AWAITED, () -> steps.detail(rollout.route(job, release, fresh)));
            settle(release, fresh, before);
            return true;
        } catch (InterruptedException | RuntimeException e) {
            if (!brake.isForLater()) putBack(former);
            throw e;
        }
    }

    private void settle(Release release, Fresh fresh, Optional<Deployment> before) throws InterruptedException {
        steps.take(State.SETTLING, "to see whether it stays good", () -> steps.detail(rollout.settle(job, fresh)));
        becomeLive(release, before);
    }

    private void becomeLive(Release release, Optional<Deployment> before) throws InterruptedException {
        brake.passPointOfNoReturn();
        FaultPoint.hit("deploy.live.before");
        if (!ledger.becomeLive(job.deployment(), release, before, steps.lastDetail()))
            throw new StepFailed("It is gone.");
        isLive = true;
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

    /** A run that is told to stop: for good, or until the next start goes on with it. */
    private void leave(Optional<Deployment> before) {
        if (!brake.isForLater()) giveUp(null, "Cancelled by " + brake.pulledBy() + ".", before);
    }

    /**
     * Says how it ended, and leaves nothing but that behind; of what failed also its containers, stopped.
     *
     * @param failure null when it was cancelled
     */
    private void giveUp(@Nullable Failure failure, String why, Optional<Deployment> before) {
        brake.release();
        FaultPoint.hit("deploy.ending.before");
        attempt(() -> {
            if (failure == null) rollout.remove(job.deployment());
            else rollout.rest(job.deployment());
        });
        var reason = why + " " + Objects.requireNonNullElse(standing, Standing.withoutNewest(before.orElse(null)));
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
        brake.release();
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
}
