package dev.signalbox.deploys;

import dev.signalbox.builds.Builds;
import dev.signalbox.deploys.DeploymentRun.Stop;
import dev.signalbox.engine.Engine;
import dev.signalbox.engine.Image;
import dev.signalbox.logs.Logs;
import dev.signalbox.projects.Projects.Removed;
import dev.signalbox.projects.Service;
import dev.signalbox.projects.Variables;
import dev.signalbox.projects.Workload;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deployments: asked for, under way, ended; and the watch over what they made. */
public final class Deploys implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Deploys.class);

    private final Ledger ledger;
    private final Engine engine;
    private final Logs logs;
    private final Sources sources;
    private final Queue queue;
    private final Retirements retirements;
    private final Retention retention;
    private final Watch watch;
    private final Healing healing;
    private final SwitchScores scores;
    private final Crashes crashes;
    private final Reruns reruns;
    private final Processes processes;
    private final Probe probe;
    private final Builds builds;
    private final Variables variables;
    private final DeploySettings settings;

    /** Nothing happens before {@link #start}. */
    public Deploys(Parts parts, DeploySettings settings) {
        this.ledger = new Ledger(parts.db(), parts.clock(), parts.ids(), parts.sealer());
        this.engine = parts.engine();
        this.logs = parts.logs();
        this.sources = parts.sources();
        this.probe = new Probe();
        this.builds = parts.builds();
        this.variables = parts.variables();
        this.settings = settings;
        var replicas = new Replicas(engine, ledger, logs, settings);
        var switchover = new Switchover(parts.routing(), replicas, probe, settings);
        var postmortem = new Postmortem(engine);
        var health = new Health(engine, replicas, postmortem, probe, settings);
        var rollout = new Rollout(engine, replicas, health, postmortem, switchover, ledger, settings);
        this.retention = new Retention(ledger, engine, logs, parts.space(), settings, parts.clock());
        var releases =
                new ReleaseMaker(engine, parts.builds(), sources, parts.variables(), ledger, retention, settings);
        this.retirements = new Retirements(ledger, replicas, switchover, parts.routing(), settings, parts.clock());
        this.crashes = new Crashes(parts.db(), ledger, engine, postmortem);
        this.healing = new Healing(new Vigil(probe, settings, this::lookAgain), replicas);
        var repairs = new Repairs(ledger, replicas, healing, rollout, parts.routing(), parts.projects(), parts.clock());
        var reconciler =
                new Reconciler(ledger, engine, replicas, repairs, parts.routing(), parts.projects(), parts.space());
        this.watch = new Watch(engine, reconciler, repairs, healing, crashes, retirements, retention, settings);
        this.reruns = new Reruns(ledger, engine, this::queue);
        this.processes = new Processes(ledger, reruns);
        this.scores = new SwitchScores(parts.db(), parts.clock(), parts.routing());
        this.queue = new Queue(
                ledger,
                logs,
                deployment -> parts.projects()
                        .findWorkload(deployment.workloadId())
                        .map(workload -> new Job(deployment, workload, logs.deployment(deployment.id())))
                        .map(job -> new DeploymentRun(job, ledger, releases, rollout, scores, new Aftermath())));
    }

    private void lookAgain() {
        watch.kick();
    }

    /** Goes on with what was under way when the process ended, and begins to watch. */
    public void start() {
        for (var deployment : ledger.serving()) tellSources(deployment);
        queue.resume();
        retirements.resume();
        watch.start();
    }

    private void tellSources(Deployment live) {
        try {
            sources.becameLive(live);
        } catch (RuntimeException e) {
            LOG.error("The ref of #{} did not move; it is tried again at the next start", live.number(), e);
        }
    }

    /** Queues a deployment; it runs as soon as no other of the same workload does. */
    public Deployment queue(DeploymentOrder order) {
        var queued = ledger.queue(order);
        for (var overtaken : queued.overtaken()) logs.deployment(overtaken).end();
        queue.kick(order.workload().id());
        return queued.deployment();
    }

    /** Runs the release that serves, or the newest good one when none does, again with the settings of now. */
    public Asked redeploy(Workload workload, String actor) {
        return reruns.redeploy(workload, actor);
    }

    /** Runs an earlier release as it was: its image, its variables, its processes. */
    public Asked rollback(Workload workload, long release, String actor) {
        return reruns.rollback(workload, release, actor);
    }

    /** Tries this one once more with the settings of now: the image that it built, or else its commit. */
    public Asked retry(Workload workload, Deployment deployment, String actor) {
        return reruns.retry(workload, deployment, actor);
    }

    /** Ends a deployment that waits or runs. */
    public CancelOutcome cancel(Deployment deployment, String actor) {
        if (ledger.cancelQueued(deployment, "Cancelled by " + actor + " while it waited.")) {
            logs.deployment(deployment.id()).end();
            return CancelOutcome.CANCELLING;
        }
        return queue.stop(deployment, new Stop(true, actor)) ? CancelOutcome.CANCELLING : CancelOutcome.ALREADY_ENDED;
    }

    /** The processes of what runs, and what is set for them. */
    public Processes processes() {
        return processes;
    }

    public Optional<Deployment> find(Service service, long number) {
        return ledger.find(service.id(), number);
    }

    /** The deployment as it is now. */
    public Optional<Deployment> find(String deploymentId) {
        return ledger.find(deploymentId);
    }

    /** Newest first. */
    public List<Deployment> recent(Service service, int limit) {
        return ledger.ofService(service.id(), limit);
    }

    public Optional<Deployment> newest(Workload workload) {
        return ledger.ofWorkload(workload, 1).stream().findFirst();
    }

    /** Newest first, of this environment alone, older than the one with this number. */
    public List<Deployment> before(Workload workload, long number, int limit) {
        return ledger.before(workload, number, limit);
    }

    /** Oldest first, of this environment alone, newer than the one with this number. */
    public List<Deployment> after(Workload workload, long number, int limit) {
        return ledger.after(workload, number, limit);
    }

    /** What served when this one ended, or serves while it is under way. */
    public Optional<Deployment> servingBefore(Deployment deployment) {
        return ledger.servingBefore(deployment);
    }

    /** How this deployment leaves after another took over; empty as long as none did. */
    public Optional<Draining> draining(Deployment deployment) {
        return ledger.draining(deployment);
    }

    /** What switches cost. */
    public SwitchScores scores() {
        return scores;
    }

    /** How containers of what serves ended. */
    public Crashes crashes() {
        return crashes;
    }

    /** The one whose release serves now. */
    public Optional<Deployment> serving(Workload workload) {
        return ledger.servingOf(workload);
    }

    /** What was asked for last and never taken back: one that failed or is under way since; or else what serves. */
    public Optional<Deployment> wanted(Workload workload) {
        return ledger.wanted(workload);
    }

    /** What of what serves is not well, and what is done about it, a sentence each. */
    public List<String> notices(Workload workload) {
        return healing.notices(workload);
    }

    /** Whether requests go to what serves. */
    public boolean takesRequests(Workload workload) {
        return serving(workload)
                .flatMap(this::release)
                .filter(Release::isRouted)
                .isPresent();
    }

    /** How all of these stand, by the id of the workload. */
    public Map<String, Standing> standings(Collection<Workload> workloads) {
        return ledger.standings(workloads);
    }

    /** The newest deployments of all of these together, newest first. */
    public List<Deployment> recent(Collection<Workload> workloads, int limit) {
        return ledger.recent(workloads, limit);
    }

    public List<Step> steps(Deployment deployment) {
        return ledger.steps(deployment);
    }

    /** Newest first. */
    public List<Release> releases(Workload workload) {
        return ledger.releases(workload);
    }

    /** What this deployment runs; empty before it is built. */
    public Optional<Release> release(Deployment deployment) {
        return ledger.releaseOf(deployment);
    }

    /** What is different in one release from another. */
    public Changes changes(Release from, Release to) {
        return Changes.between(from, ledger.variables(from), to, ledger.variables(to));
    }

    /** Which variables are not as this release got them. */
    public Changes changesSince(Release release, Workload workload) {
        var now = new HashMap<String, String>();
        variables.all(workload).forEach((name, value) -> now.put(name, value.reveal()));
        return Changes.ofVariables(ledger.variables(release), now);
    }

    /** The bytes of its image; empty when that is no longer there, so that it has to be built before it can run again. */
    public OptionalLong imageSize(Release release) {
        return engine.findImage(release.image().value()).map(Image::size).stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /** Whether its image is here, or can be built once more. */
    public boolean canRun(Release release) {
        return reruns.canRun(release);
    }

    /** The Dockerfile that its image was built from. */
    public Optional<String> dockerfile(Service service, Release release) {
        return builds.dockerfile(service.id(), release.image());
    }

    /** How long things may take. */
    public DeploySettings settings() {
        return settings;
    }

    /** Ends what runs for services that were deleted, and takes away what they left. */
    public void forget(Removed removed) {
        for (var workload : removed.workloads()) {
            queue.stopWorkload(workload.id(), new Stop(true, "the deletion of the service"));
            logs.remove(workload.id());
        }
        logs.retainDeployments(ledger.idsWithLogs(Retention.LOGS_PER_SERVICE));
        retention.isWorthALook();
        watch.kick();
    }

    @Override
    public void close() {
        scores.close();
        healing.close();
        crashes.close();
        try {
            queue.close();
            retirements.close();
            watch.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        probe.close();
    }

    private final class Aftermath implements DeploymentRun.Consequences {
        @Override
        public void becameLive(Job job) {
            tellSources(job.deployment());
            retirements.resume();
        }

        @Override
        public void ended(Job job) {
            queue.ended(job.deployment());
            retention.isWorthALook();
        }
    }
}
