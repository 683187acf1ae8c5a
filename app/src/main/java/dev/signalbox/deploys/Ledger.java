package dev.signalbox.deploys;

import dev.signalbox.db.Db;
import dev.signalbox.db.Ids;
import dev.signalbox.deploys.Release.ProcessType;
import dev.signalbox.deploys.ReleaseStore.Retirement;
import dev.signalbox.engine.ImageId;
import dev.signalbox.engine.Profile;
import dev.signalbox.projects.Workload;
import dev.signalbox.secrets.Sealer;
import dev.signalbox.secrets.Secret;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is written down of deployments: each change is on the disk before the act that it announces. */
final class Ledger {
    private static final Duration EVIDENCE = Duration.ofHours(24);
    private static final int MOST_EVIDENCE = 3;

    private final Db db;
    private final InstantSource clock;
    private final Ids ids;
    private final Sealer sealer;

    /**
     * The ledger in this database.
     *
     * @param sealer made for {@code releases.sealed_variables}
     */
    Ledger(Db db, InstantSource clock, Ids ids, Sealer sealer) {
        this.db = db;
        this.clock = clock;
        this.ids = ids;
        this.sealer = sealer;
    }

    // Deployments ----------------------------------------------------------------------------------------------------

    /** Queues it; deployments of the same workload that still wait are superseded. */
    Queued queue(DeploymentOrder order) {
        var id = ids.next("dep");
        return db.write(sql -> {
            var now = clock.instant();
            var number =
                    ProgressStore.nextNumber(sql, order.workload().service().id());
            var overtaken = ProgressStore.supersede(sql, order.workload().id(), number, now);
            ProgressStore.insert(sql, id, number, order, now);
            return new Queued(DeploymentStore.find(sql, id).orElseThrow(), overtaken);
        });
    }

    record Queued(Deployment deployment, List<String> overtaken) {}

    Optional<Deployment> find(String id) {
        return db.read(sql -> DeploymentStore.find(sql, id));
    }

    Optional<Deployment> find(String serviceId, long number) {
        return db.read(sql -> DeploymentStore.find(sql, serviceId, number));
    }

    List<Deployment> ofService(String serviceId, int limit) {
        return db.read(sql -> DeploymentStore.recent(sql, DeploymentStore.ofService(serviceId), limit));
    }

    List<Deployment> ofWorkload(Workload workload, int limit) {
        return db.read(sql -> DeploymentStore.recent(sql, DeploymentStore.of(workload), limit));
    }

    List<Deployment> before(Workload workload, long number, int limit) {
        return db.read(sql -> DeploymentStore.before(sql, workload, number, limit));
    }

    List<Deployment> after(Workload workload, long number, int limit) {
        return db.read(sql -> DeploymentStore.after(sql, workload, number, limit));
    }

    Optional<Deployment> servingBefore(Deployment deployment) {
        return db.read(sql -> DeploymentStore.servingBefore(sql, deployment));
    }

    Optional<Deployment> nextQueued(String workloadId) {
        return db.read(sql -> DeploymentStore.queued(sql, workloadId));
    }

    /** The deployments whose logs are kept: the newest of every service. */
    Set<String> idsWithLogs(int perService) {
        return db.read(sql -> DeploymentStore.newestIds(sql, perService));
    }

    List<Deployment> unfinished() {
        return db.read(DeploymentStore::unfinished);
    }

    List<Deployment> serving() {
        return db.read(DeploymentStore::serving);
    }

    /** Ends it if it still waits; false when its turn has come, or it is over. */
    boolean cancelQueued(Deployment deployment, String reason) {
        return db.write(sql -> ProgressStore.cancelQueued(sql, deployment, reason, clock.instant()));
    }

    Optional<Deployment> servingOf(Workload workload) {
        return db.read(sql -> DeploymentStore.servingOf(sql, workload.id()));
    }

    boolean serves(Deployment deployment) {
        return db.read(sql -> DeploymentStore.servingOf(sql, deployment.workloadId()))
                .filter(serving -> serving.id().equals(deployment.id()))
                .isPresent();
    }

    Optional<Deployment> wanted(Workload workload) {
        return db.read(sql -> DeploymentStore.wanted(sql, workload.id()));
    }

    Map<String, Standing> standings(Collection<Workload> workloads) {
        return db.read(sql -> StandingStore.standings(sql, workloads));
    }

    List<Deployment> recent(Collection<Workload> workloads, int limit) {
        return db.read(sql -> StandingStore.recent(sql, workloads, limit));
    }

    /** What should be there, as of one moment. */
    Desired desired() {
        return db.read(sql ->
                new Desired(DeploymentStore.serving(sql), DeploymentStore.unfinished(sql), ReleaseStore.retiring(sql)));
    }

    record Desired(List<Deployment> serving, List<Deployment> underWay, List<Retirement> retiring) {}

    void noteState(String workloadId, Workload.State state) {
        db.change(sql -> ProgressStore.noteState(sql, workloadId, state));
    }

    List<Step> steps(Deployment deployment) {
        return db.read(sql -> DeploymentStore.steps(sql, deployment));
    }

    /** Says that a step begins, and that the one before it is done; false when the deployment was deleted meanwhile. */
    boolean begin(Deployment deployment, State step, @Nullable String detailOfTheLast) {
        return begin(deployment, step, step.word(), detailOfTheLast);
    }

    /** The same for a step that is a part of a state. */
    boolean begin(Deployment deployment, State state, String step, @Nullable String detailOfTheLast) {
        return db.write(sql -> ProgressStore.begin(sql, deployment, state, step, detailOfTheLast, clock.instant()));
    }

    /** Says what the running step is about; null when there is nothing to say any more. */
    void note(Deployment deployment, @Nullable String detail) {
        db.change(sql -> ProgressStore.note(sql, deployment, detail));
    }

    /** Notes that a restart cut this deployment off; says how often that has happened to it. */
    int interrupted(Deployment deployment) {
        return db.write(sql -> {
            ProgressStore.interrupted(sql, deployment, clock.instant());
            return DeploymentStore.interruptions(sql, deployment);
        });
    }

    /** Ends a deployment that did not become live; false when it ended otherwise, or was deleted. */
    boolean end(Deployment deployment, State state, String reason) {
        return db.write(sql -> ProgressStore.end(sql, deployment, state, reason, null, clock.instant()));
    }

    /** The same for one that failed of this. */
    boolean fail(Deployment deployment, String reason, Failure failure) {
        return db.write(sql -> {
            if (!ProgressStore.end(sql, deployment, State.FAILED, reason, null, clock.instant())) return false;
            ProgressStore.noteFailure(sql, deployment, failure);
            return true;
        });
    }

    /**
     * In one: this deployment serves, what served before retires, and its release is known to be good. False, and nothing
     * is changed, when the deployment was deleted meanwhile.
     */
    boolean becomeLive(
            Deployment deployment, Release release, Optional<Deployment> replaced, @Nullable String detailOfTheLast) {
        return db.write(sql -> {
            var now = clock.instant();
            if (!ProgressStore.end(sql, deployment, State.LIVE, null, detailOfTheLast, now)) return false;
            ProgressStore.becomeLive(sql, deployment);
            ReleaseStore.noteGood(sql, release, now);
            replaced.ifPresent(old -> ReleaseStore.retire(sql, old.id(), now));
            return true;
        });
    }

    // Releases -------------------------------------------------------------------------------------------------------

    Optional<Release> release(String workloadId, long number) {
        return db.read(sql -> ReleaseStore.find(sql, workloadId, number));
    }

    Optional<Release> releaseOf(Deployment deployment) {
        return db.read(sql -> ReleaseStore.ofDeployment(sql, deployment.id()));
    }

    List<Release> releases(Workload workload) {
        return db.read(sql -> ReleaseStore.list(sql, workload.id()));
    }

    /** What a rollback to one of the last {@code good} releases needs, and what runs or is about to. */
    Set<ImageId> imagesWorthKeeping(int good) {
        var since = clock.instant().minus(EVIDENCE);
        return db.read(sql -> ReleaseStore.imagesWorthKeeping(sql, good, since));
    }

    /**
     * Deployments whose stopped containers may still tell why they failed: the newest failed ones of every workload, until
     * one goes well, and for a day.
     */
    Set<String> evidence() {
        var since = clock.instant().minus(EVIDENCE);
        return db.read(sql -> DeploymentStore.failedSince(sql, since, MOST_EVIDENCE));
    }

    Map<String, ProcessSetting> processSettings(Workload workload) {
        return db.read(sql -> ProcessStore.settings(sql, workload.id()));
    }

    void set(Workload workload, String process, ProcessSetting setting) {
        db.change(sql -> ProcessStore.set(sql, workload.id(), process, setting, clock.instant()));
    }

    /** Another release is what this deployment runs again, and so is its commit. */
    Deployment rebase(Deployment deployment, Release base) {
        return db.write(sql -> {
            ProgressStore.rebase(sql, deployment, base);
            return DeploymentStore.find(sql, deployment.id()).orElse(deployment);
        });
    }

    /** Freezes a release, numbered after the deployment that made it, and gives it to that deployment. */
    Release freeze(
            Deployment deployment,
            ImageId image,
            Profile profile,
            int port,
            List<ProcessType> processes,
            Map<String, String> variables) {
        var release = new Release(
                ids.next("rel"),
                deployment.workloadId(),
                deployment.number(),
                image,
                profile,
                deployment.commit(),
                port,
                processes,
                clock.instant(),
                false);
        var sealed = sealer.seal(release.id(), new Secret(FrozenJson.writeVariables(variables)));
        db.change(sql -> {
            ReleaseStore.insert(sql, release, sealed);
            ProgressStore.useRelease(sql, deployment, release);
        });
        return release;
    }

    Map<String, String> variables(Release release) {
        var sealed = db.read(sql -> ReleaseStore.sealedVariables(sql, release));
        return FrozenJson.readVariables(sealer.open(release.id(), sealed).reveal());
    }

    // Retirements ----------------------------------------------------------------------------------------------------

    List<Retirement> retiring() {
        return db.read(ReleaseStore::retiring);
    }

    Optional<Draining> draining(Deployment deployment) {
        return db.read(sql -> ReleaseStore.draining(sql, deployment.id()));
    }

    void retired(String deploymentId) {
        db.change(sql -> ReleaseStore.retired(sql, deploymentId, clock.instant()));
    }
}
