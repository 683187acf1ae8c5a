package dev.signalbox.web;

import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment is, and what can be done with it.
 *
 * @param began the time of day, before what says how long ago that was
 * @param retry the form that tries it again; null where it is not to be had
 */
record DeploymentHead(
        String title,
        Lamp lamp,
        String subject,
        @Nullable String commit,
        @Nullable String branch,
        String by,
        @Nullable String began,
        Moment when,
        @Nullable String took,
        @Nullable String cancel,
        @Nullable String retry,
        long number,
        DeploymentRows.@Nullable Back back,
        String rollback) {
    static DeploymentHead of(DeploymentFacts facts, String path, boolean mayDeploy, DeploymentRows rows, Clock clock) {
        var deployment = facts.deployment();
        var isOver = facts.isOver();
        var list = Paths.workload(facts.workload()) + "/deployments";
        var mayRetry = mayDeploy && isOver && (!facts.isLive() || facts.serves());
        var back = mayDeploy && facts.isLive() && !facts.serves()
                ? rows.back(facts.workload(), deployment).orElse(null)
                : null;
        return new DeploymentHead(
                facts.workload().service().name() + " #" + deployment.number(),
                Lamp.of(deployment, facts.serving()),
                DeploymentWords.subject(deployment),
                DeploymentWords.commit(deployment),
                DeploymentWords.branch(deployment),
                DeploymentWords.by(deployment),
                isOver ? null : Moment.time(deployment.queuedAt()),
                Moment.of(deployment.queuedAt(), clock),
                isOver && deployment.startedAt() != null ? Moment.round(facts.took(clock.instant())) : null,
                mayDeploy && !isOver ? path + "/cancel" : null,
                mayRetry ? list + "/redeploy" : null,
                deployment.number(),
                back,
                list + "/rollback");
    }
}
