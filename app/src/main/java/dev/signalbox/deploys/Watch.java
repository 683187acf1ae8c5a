package dev.signalbox.deploys;

import dev.signalbox.engine.Engine;
import dev.signalbox.engine.EngineEvent;
import dev.signalbox.engine.EngineException;
import dev.signalbox.routing.RoutingException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the reconciler look whenever Docker says that something happened, when asked, and every few seconds anyhow. */
final class Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LEAVE = Duration.ofSeconds(5);

    private final Engine engine;
    private final Reconciler reconciler;
    private final Repairs repairs;
    private final Healing healing;
    private final Crashes crashes;
    private final Retirements retirements;
    private final Retention retention;
    private final DeploySettings settings;
    /** So that an app which changes its mind all the time does not have us look all the time. */
    private static final Duration BREATHER = Duration.ofMillis(250);

    private final Semaphore kicks = new Semaphore(0);
    private @Nullable Thread thread;
    private Engine.@Nullable Stream events;
    private String lastTrouble = "";

    Watch(
            Engine engine,
            Reconciler reconciler,
            Repairs repairs,
            Healing healing,
            Crashes crashes,
            Retirements retirements,
            Retention retention,
            DeploySettings settings) {
        this.engine = engine;
        this.reconciler = reconciler;
        this.repairs = repairs;
        this.healing = healing;
        this.crashes = crashes;
        this.retirements = retirements;
        this.retention = retention;
        this.settings = settings;
    }

    synchronized void start() {
        events = engine.events(Map.of(Replicas.INSTANCE, settings.instance()), this::happened);
        thread = Thread.ofVirtual().name("reconciler").start(this::loop);
    }

    private void happened(EngineEvent event) {
        switch (event) {
            case EngineEvent.OutOfMemory(var id, var _, var _) -> crashes.ranOutOfMemory(id);
            case EngineEvent.Died died when !healing.isStopping(died.id()) -> fell(died);
            default -> {}
        }
        kick();
    }

    private void fell(EngineEvent.Died died) {
        crashes.ended(died);
        if (died.exitCode() == 0) return;
        Optional.ofNullable(died.labels().get(Replicas.DEPLOYMENT)).ifPresent(repairs::fell);
    }

    /** Has everything looked at now. */
    void kick() {
        kicks.release();
    }

    private void loop() {
        try {
            while (true) {
                look();
                Thread.sleep(BREATHER);
                kicks.tryAcquire(pause().toMillis(), TimeUnit.MILLISECONDS);
                kicks.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What has just fallen is looked at again soon. */
    private Duration pause() {
        return repairs.isSomethingDown() ? SOON : settings.reconcileEvery();
    }

    private void look() throws InterruptedException {
        try {
            reconciler.pass();
            retirements.resume();
            retention.lookIfDue();
            lastTrouble = "";
        } catch (RuntimeException | Error e) {
            // What is interrupted fails in many ways; and whatever it is, somebody has to look again.
            if (Thread.interrupted()) throw new InterruptedException();
            complain(e);
        }
    }

    private void complain(Throwable e) {
        switch (e) {
            case EngineException away -> complainOnce(String.valueOf(away.getMessage()));
            case RoutingException broken -> complainOnce(String.valueOf(broken.getMessage()));
            default -> LOG.error("Looking after the containers failed; it is tried again", e);
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

    /** Returns when nothing is changed any more; a call that Docker is still busy with is left behind. */
    synchronized void close() throws InterruptedException {
        if (events != null) events.close();
        if (thread == null) return;
        thread.interrupt();
        thread.join(LEAVE);
    }
}
