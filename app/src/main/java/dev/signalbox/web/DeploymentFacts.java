package dev.signalbox.web;

import dev.signalbox.deploys.Changes;
import dev.signalbox.deploys.Deployment;
import dev.signalbox.deploys.Deploys;
import dev.signalbox.deploys.Draining;
import dev.signalbox.deploys.Release;
import dev.signalbox.deploys.State;
import dev.signalbox.deploys.Step;
import dev.signalbox.deploys.SwitchScore;
import dev.signalbox.projects.Workload;
import dev.signalbox.web.Story.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a deployment while a page about it is made.
 *
 * @param before what served before it, or serves while it is under way; null for the first of all
 * @param release what it runs; null before it is built
 * @param serving what serves now
 * @param draining how what it replaced leaves
 * @param score what its switch cost; null while that is measured, and for one that was not
 */
record DeploymentFacts(
        Workload workload,
        Deployment deployment,
        List<Step> steps,
        @Nullable Deployment before,
        @Nullable Release release,
        @Nullable Release releaseBefore,
        @Nullable Deployment serving,
        @Nullable Draining draining,
        @Nullable SwitchScore score,
        boolean isMeasuring) {
    static DeploymentFacts of(Workload workload, Deployment deployment, Deploys deploys) {
        var before = deploys.servingBefore(deployment);
        // Asked before the score: what ends in between is looked at once more instead of never.
        var isMeasuring = deploys.scores().isMeasuring(deployment);
        return new DeploymentFacts(
                workload,
                deployment,
                deploys.steps(deployment),
                before.orElse(null),
                deploys.release(deployment).orElse(null),
                before.flatMap(deploys::release).orElse(null),
                deploys.serving(workload).orElse(null),
                deployment.state() == State.LIVE
                        ? before.flatMap(deploys::draining).orElse(null)
                        : null,
                deploys.scores().of(deployment).orElse(null),
                isMeasuring);
    }

    long number() {
        return deployment.number();
    }

    boolean isOver() {
        return deployment.finishedAt() != null;
    }

    /** Nothing about it changes any more. */
    boolean isSettled() {
        return isOver() && !isDraining() && !isMeasuring;
    }

    boolean isDraining() {
        return draining != null && draining.until() == null;
    }

    boolean isLive() {
        return deployment.state() == State.LIVE;
    }

    boolean serves() {
        return serving != null && serving.id().equals(deployment.id());
    }

    boolean isFirst() {
        return before == null;
    }

    /** Whether what served has to stop before this starts; once it is over, whether it was told to. */
    boolean isHeld() {
        if (holding().isPresent()) return true;
        return !isOver() && before != null && !workload.service().overlap();
    }

    /** Whether what served has stopped so that this could start. */
    boolean hasMadeWay() {
        return holding().filter(step -> step.state().equals("done")).isPresent();
    }

    private Optional<Step> holding() {
        return steps.stream()
                .filter(step -> step.name().equals(Part.HOLDING.word()))
                .reduce((first, second) -> second);
    }

    /** Whether requests have moved to it. */
    boolean hasCrossed() {
        return isLive()
                || deployment.state() == State.SETTLING
                || steps.stream().anyMatch(step -> step.name().equals(State.SETTLING.word()));
    }

    /** Whether it takes requests; before that is known, as the one before did. */
    boolean isRouted() {
        if (release != null) return release.isRouted();
        return releaseBefore == null || releaseBefore.isRouted();
    }

    /** From the push to the end, or until now. */
    Duration took(Instant now) {
        return took(deployment, now);
    }

    static Duration took(Deployment deployment, Instant now) {
        var end = deployment.finishedAt() == null ? now : deployment.finishedAt();
        var took = Duration.between(deployment.queuedAt(), end);
        return took.isNegative() ? Duration.ZERO : took;
    }

    /** What differs from what it replaces; nothing as long as one of both is not known. */
    Changes changes(Deploys deploys) {
        return release == null || releaseBefore == null || release.equals(releaseBefore)
                ? new Changes(List.of())
                : deploys.changes(releaseBefore, release);
    }
}
