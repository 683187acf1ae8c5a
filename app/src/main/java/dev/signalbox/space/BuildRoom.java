package dev.signalbox.space;

import dev.signalbox.db.DatabaseFailed;
import dev.signalbox.db.Db;
import dev.signalbox.space.Admission.Lack;
import dev.signalbox.space.Admission.Verdict;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where builds are let in when the machine has room for them, and wait until it has. */
public final class BuildRoom {
    private static final Logger LOG = LoggerFactory.getLogger(BuildRoom.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Admission admission;
    private final BuildCache cache;
    private final Disks disks;
    private final Db db;
    private final InstantSource clock;
    private final SpaceSettings settings;

    BuildRoom(Admission admission, BuildCache cache, Disks disks, Db db, InstantSource clock, SpaceSettings settings) {
        this.admission = admission;
        this.cache = cache;
        this.disks = disks;
        this.db = db;
        this.clock = clock;
        this.settings = settings;
    }

    /** How long a build waits for its turn and for room together. */
    public Duration patience() {
        return settings.patience();
    }

    /**
     * Waits until there is room. The stay must be closed by the thread that entered.
     *
     * @param waiting is told why, whenever that is something else; goes on with "Waiting"
     * @throws NoRoom when there is none, or none came within this time
     */
    public Stay enter(String serviceId, Duration atMost, Consumer<String> waiting) throws InterruptedException {
        var end = System.nanoTime() + atMost.toNanos();
        Lack said = null;
        while (true) {
            switch (decide(serviceId)) {
                case Verdict.Enter() -> {
                    return stay(serviceId, end, waiting);
                }
                case Verdict.Refuse(var why) -> throw new NoRoom(why);
                case Verdict.Wait(var lack, var why, var inVain) -> {
                    // The figures change with every breath; what is missing does not.
                    if (lack != said) waiting.accept(why);
                    said = lack;
                    if (System.nanoTime() + PAUSE.toNanos() > end) {
                        forget(serviceId);
                        throw new NoRoom(inVain);
                    }
                    Thread.sleep(PAUSE);
                }
            }
        }
    }

    /** What can go at once goes before anybody is refused for good. */
    private Verdict decide(String serviceId) {
        var verdict = admission.decide(serviceId);
        if (!(verdict instanceof Verdict.Refuse)) return verdict;
        cache.trimIfDue(Level.FULL);
        return admission.decide(serviceId);
    }

    private Stay stay(String serviceId, long end, Consumer<String> waiting) throws InterruptedException {
        if (!cache.beginBuild(Duration.ZERO)) {
            waiting.accept("for the cache of builds to be trimmed");
            if (!cache.beginBuild(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
                throw new NoRoom("Docker has been busy trimming its cache of builds all the time, so this one was given"
                        + " up. Deploy again later.");
            }
        }
        try {
            return new Stay(serviceId, PeakWatch.start(disks, settings.proc()));
        } catch (RuntimeException e) {
            cache.endBuild();
            throw e;
        }
    }

    /** A peak that kept a build out for good must not keep out all that come after it. */
    private void forget(String serviceId) {
        db.change(sql -> PeakStore.find(sql, serviceId)
                .ifPresent(before -> PeakStore.put(sql, serviceId, new Need(0, 0).after(before), clock.instant())));
    }

    /** A build under way. */
    public final class Stay implements AutoCloseable {
        private final String serviceId;
        private final PeakWatch watch;

        private Stay(String serviceId, PeakWatch watch) {
            this.serviceId = serviceId;
            this.watch = watch;
        }

        /** Writes down what it took. */
        @Override
        public void close() {
            cache.endBuild();
            var need = watch.end();
            try {
                db.change(sql -> {
                    var before = PeakStore.find(sql, serviceId).orElse(settings.need());
                    PeakStore.put(sql, serviceId, need.after(before), clock.instant());
                });
            } catch (DatabaseFailed e) {
                // How the build went is of more interest than what it took.
                LOG.warn("What a build took is not written down: {}", e.getMessage());
            }
        }
    }
}
