package dev.signalbox.deploys;

import dev.signalbox.engine.Engine;
import dev.signalbox.engine.EngineException;
import dev.signalbox.routing.RoutingException;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the reconciler look whenever Docker says that something happened, when asked, and every few seconds anyhow. */
final class Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final Engine engine;
    private final Reconciler reconciler;
    private final Retirements retirements;
    private final DeploySettings settings;
    private final Semaphore kicks = new Semaphore(0);
    private @Nullable Thread thread;
    private Engine.@Nullable Stream events;
    private String lastTrouble = "";

    Watch(Engine engine, Reconciler reconciler, Retirements retirements, DeploySettings settings) {
        this.engine = engine;
        this.reconciler = reconciler;
        this.retirements = retirements;
        this.settings = settings;
    }

    synchronized void start() {
        events = engine.events(Map.of(Replicas.INSTANCE, settings.instance()), event -> kick());
        thread = Thread.ofVirtual().name("reconciler").start(this::loop);
    }

    /** Has everything looked at now. */
    void kick() {
        kicks.release();
    }

    private void loop() {
        try {
            while (true) {
                look();
                kicks.tryAcquire(settings.reconcileEvery().toMillis(), TimeUnit.MILLISECONDS);
                kicks.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        try {
            reconciler.pass();
            retirements.resume();
            lastTrouble = "";
        } catch (EngineException | RoutingException e) {
            complainOnce(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("Looking after the containers failed; it is tried again", e);
        }
    }

    /** Docker that is away for an hour is one line in the journal. */
    private void complainOnce(String trouble) {
        if (trouble.equals(lastTrouble)) return;
        lastTrouble = trouble;
        LOG.warn(
                "Containers cannot be looked after: {} Tried again every {} s.",
                trouble,
                settings.reconcileEvery().toSeconds());
    }

    synchronized void close() {
        if (events != null) events.close();
        if (thread != null) thread.interrupt();
    }
}
