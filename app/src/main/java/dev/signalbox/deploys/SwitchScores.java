package dev.signalbox.deploys;

import dev.signalbox.db.Db;
import dev.signalbox.deploys.Switchover.Former;
import dev.signalbox.routing.Routing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures what a switch costs those who ask meanwhile. That it is measured is written down before the switch begins, so that
 * one which was cut off is known to be that.
 */
public final class SwitchScores {
    private static final Logger LOG = LoggerFactory.getLogger(SwitchScores.class);

    private final Db db;
    private final InstantSource clock;
    private final Routing routing;
    private final Map<String, Measurement> open = new HashMap<>();
    private boolean isClosed;

    SwitchScores(Db db, InstantSource clock, Routing routing) {
        this.db = db;
        this.clock = clock;
        this.routing = routing;
    }

    /**
     * Asks from now on until that is closed; null where no requests move from one release to another, and where this switch
     * was begun before.
     */
    @Nullable Measurement measure(Job job, Release release, Former former) {
        if (former.target() == null || !release.isRouted()) return null;
        var path = release.routed()
                .map(process -> process.check().pathThroughRouter())
                .orElse(HealthCheck.ROOT);
        return routing.hosts(job.workload()).stream()
                .findFirst()
                .map(host -> begin(job.deployment().id(), host, path))
                .orElse(null);
    }

    private synchronized @Nullable Measurement begin(String deploymentId, String host, String path) {
        var beganAt = clock.instant();
        if (isClosed || !db.write(sql -> ScoreStore.begin(sql, deploymentId, beganAt))) return null;
        var measurement = Measurement.begin(
                patience -> routing.ask(host, path, patience), tally -> end(deploymentId, beganAt, tally));
        open.put(deploymentId, measurement);
        return measurement;
    }

    private synchronized void end(String deploymentId, Instant beganAt, SwitchTally tally) {
        if (isClosed) return;
        open.remove(deploymentId);
        try {
            db.change(sql -> ScoreStore.end(sql, deploymentId, tally.score(beganAt, clock.instant())));
        } catch (RuntimeException e) {
            LOG.warn("How a switch went could not be written down; it counts as not measured to the end", e);
        }
    }

    /** How the switch of this deployment went; empty while it is measured, and for one that was not. */
    public synchronized Optional<SwitchScore> of(Deployment deployment) {
        if (isMeasuring(deployment)) return Optional.empty();
        return db.read(sql -> ScoreStore.find(sql, deployment.id()));
    }

    public synchronized boolean isMeasuring(Deployment deployment) {
        return open.containsKey(deployment.id());
    }

    /** What is being measured now was not measured to the end. To be called before runs are told to stop. */
    synchronized void close() {
        isClosed = true;
        open.values().forEach(Measurement::abandon);
    }
}
