package dev.signalbox.deploys;

import dev.signalbox.deploys.DeploymentRun.Stop;
import dev.signalbox.logs.Logs;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Runs deployments: one at a time for a workload, the newest that waits next, different workloads side by side. */
final class Queue {
    private static final int MOST_RESUMPTIONS = 3;
    private static final Duration LEAVE = Duration.ofSeconds(5);

    private final Ledger ledger;
    private final Logs logs;
    private final Function<Deployment, Optional<DeploymentRun>> runs;
    private final Map<String, DeploymentRun> running = new HashMap<>();
    private boolean isClosed;

    /**
     * An empty queue.
     *
     * @param runs makes the run of a deployment; empty when what it concerns is gone
     */
    Queue(Ledger ledger, Logs logs, Function<Deployment, Optional<DeploymentRun>> runs) {
        this.ledger = ledger;
        this.logs = logs;
        this.runs = runs;
    }

    /** Runs what waits for this workload, unless something runs already. */
    synchronized void kick(String workloadId) {
        if (isClosed) return;
        var before = running.get(workloadId);
        var next = ledger.nextQueued(workloadId);
        if (before == null) next.ifPresent(this::run);
        else next.ifPresent(waiting -> tellWaiting(waiting, before.deployment()));
    }

    private void tellWaiting(Deployment waiting, Deployment before) {
        logs.deployment(waiting.id()).line("Waiting for deployment #" + before.number() + " to end");
    }

    /** Goes on with what a restart cut off. */
    synchronized void resume() {
        if (isClosed) return;
        for (var deployment : ledger.unfinished()) {
            if (running.containsKey(deployment.workloadId())) continue;
            if (deployment.state() != State.QUEUED) {
                if (ledger.interrupted(deployment) > MOST_RESUMPTIONS) abandon(deployment);
                else goOn(deployment);
            }
        }
        for (var deployment : ledger.unfinished()) kick(deployment.workloadId());
    }

    private void goOn(Deployment deployment) {
        logs.deployment(deployment.id())
                .line("Signalbox was restarted; the deployment goes on with "
                        + deployment.state().word());
        run(deployment);
    }

    /** What did not survive several restarts may be what caused them. */
    private void abandon(Deployment deployment) {
        var reason = "Signalbox was restarted " + MOST_RESUMPTIONS
                + " times while it deployed, and gives up. What served before is taken up again.";
        ledger.end(deployment, State.FAILED, reason);
        var log = logs.deployment(deployment.id());
        log.line("");
        log.trouble(reason);
        log.end();
    }

    private void run(Deployment deployment) {
        runs.apply(deployment).ifPresent(run -> {
            running.put(deployment.workloadId(), run);
            run.start();
        });
    }

    synchronized void ended(Deployment deployment) {
        running.remove(deployment.workloadId());
        kick(deployment.workloadId());
    }

    /** Stops the run of this deployment; false when there is none, or it is too late. */
    synchronized boolean stop(Deployment deployment, Stop why) {
        var run = running.get(deployment.workloadId());
        return run != null && run.deployment().id().equals(deployment.id()) && run.stop(why);
    }

    synchronized void stopWorkload(String workloadId, Stop why) {
        Optional.ofNullable(running.get(workloadId)).ifPresent(run -> run.stop(why));
    }

    /** Lets go of every run where it is; the next start goes on with it. */
    void close() throws InterruptedException {
        List<DeploymentRun> left;
        synchronized (this) {
            isClosed = true;
            left = List.copyOf(running.values());
            left.forEach(run -> run.stop(Stop.CLOSING));
        }
        for (var run : left) run.awaitEnd(LEAVE);
    }
}
