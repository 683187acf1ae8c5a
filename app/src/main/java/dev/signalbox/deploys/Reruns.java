package dev.signalbox.deploys;

import dev.signalbox.deploys.DeploymentOrder.Content;
import dev.signalbox.engine.Engine;
import dev.signalbox.projects.Workload;
import java.util.Objects;
import java.util.function.Function;

/** Asks for what was there before: the same release once more, an earlier one, another number of replicas. */
final class Reruns {
    private final Ledger ledger;
    private final Engine engine;
    private final Function<DeploymentOrder, Deployment> queue;

    Reruns(Ledger ledger, Engine engine, Function<DeploymentOrder, Deployment> queue) {
        this.ledger = ledger;
        this.engine = engine;
        this.queue = queue;
    }

    /** The release that serves, or the newest good one when none does. */
    Asked redeploy(Workload workload, String actor) {
        return ledger.servingOf(workload)
                .flatMap(ledger::releaseOf)
                .or(() ->
                        ledger.releases(workload).stream().filter(Release::good).findFirst())
                .map(release -> again(workload, release, Cause.REDEPLOY, actor))
                .orElseGet(Asked.NothingToDeploy::new);
    }

    /** What serves, with its processes as they are set now; nothing else about it changes. */
    Asked scale(Workload workload, String actor) {
        return ledger.servingOf(workload)
                .flatMap(ledger::releaseOf)
                .map(release -> again(workload, release, Cause.SCALE, actor))
                .orElseGet(Asked.NothingToDeploy::new);
    }

    Asked rollback(Workload workload, long release, String actor) {
        return ledger.release(workload.id(), release)
                .map(found -> again(workload, found, Cause.ROLLBACK, actor))
                .orElseGet(() -> new Asked.NoSuchRelease(release));
    }

    /** The image that this one built, or else its commit. */
    Asked retry(Workload workload, Deployment deployment, String actor) {
        var release = ledger.releaseOf(deployment);
        if (release.isPresent()) return again(workload, release.get(), Cause.REDEPLOY, actor);
        if (deployment.commit() == null) return new Asked.NothingToDeploy();
        var commit = new Content.Commit(
                deployment.commit(),
                Objects.requireNonNullElse(deployment.subject(), ""),
                deployment.ref(),
                deployment.forced());
        return new Asked.Queued(queue.apply(new DeploymentOrder(workload, Cause.REDEPLOY, actor, commit)));
    }

    /** Whether its image is here, or can be built once more. */
    boolean canRun(Release release) {
        return release.commit() != null
                || engine.findImage(release.image().value()).isPresent();
    }

    private Asked again(Workload workload, Release release, Cause cause, String actor) {
        if (!canRun(release)) return new Asked.ImageGone(release.number());
        return new Asked.Queued(
                queue.apply(new DeploymentOrder(workload, cause, actor, new Content.Existing(release))));
    }
}
