package dev.signalbox.deploys;

import dev.signalbox.db.Db;
import dev.signalbox.engine.ContainerId;
import dev.signalbox.engine.Engine;
import dev.signalbox.engine.EngineEvent;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers how containers of what serves ended, while it can still be found out: Docker starts most of them again. */
public final class Crashes {
    /** So many of a deployment are kept. */
    public static final int MOST = 100;

    private static final Logger LOG = LoggerFactory.getLogger(Crashes.class);

    private final Db db;
    private final Ledger ledger;
    private final Engine engine;
    private final Postmortem postmortem;
    private final ExecutorService writing = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("postmortem").factory());
    /** Docker says that memory ran out before it says that the container ended. */
    private final Set<ContainerId> starved = ConcurrentHashMap.newKeySet();

    Crashes(Db db, Ledger ledger, Engine engine, Postmortem postmortem) {
        this.db = db;
        this.ledger = ledger;
        this.engine = engine;
        this.postmortem = postmortem;
    }

    /** Newest first. */
    public List<Crash> of(String deploymentId) {
        return db.read(sql -> CrashStore.list(sql, deploymentId));
    }

    void ranOutOfMemory(ContainerId container) {
        starved.add(container);
    }

    /** Finds out why in time of its own. */
    synchronized void ended(EngineEvent.Died died) {
        var hadNoMemory = starved.remove(died.id());
        if (!writing.isShutdown()) writing.execute(() -> write(died, hadNoMemory));
    }

    private void write(EngineEvent.Died died, boolean hadNoMemory) {
        try {
            var deploymentId = died.labels().getOrDefault(Replicas.DEPLOYMENT, "");
            var deployment = ledger.find(deploymentId).filter(ledger::serves);
            var release = deployment.flatMap(ledger::releaseOf);
            if (release.isEmpty()) return;
            engine.findContainer(died.id().value())
                    .flatMap(container -> Replicas.replica(container, release.get())
                            .map(replica -> postmortem.fell(replica, container, died, hadNoMemory)))
                    .ifPresent(crash -> db.change(sql -> CrashStore.add(sql, deploymentId, crash, MOST)));
        } catch (RuntimeException e) {
            LOG.warn("How a container ended could not be written down", e);
        }
    }

    /** What is not written by now is lost. */
    synchronized void close() {
        writing.shutdownNow();
    }
}
