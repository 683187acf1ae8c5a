package dev.signalbox.space;

import dev.signalbox.db.DatabaseFailed;
import dev.signalbox.db.Db;
import dev.signalbox.engine.Engine;
import dev.signalbox.logs.Logs;
import dev.signalbox.projects.Projects;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches how full the machine is, and does what keeps it from being full. */
public final class Space implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Space.class);
    private static final Duration SAMPLED = Duration.ofHours(1);
    private static final Duration KEPT = Duration.ofDays(30);
    /** What was long ago says little about next week. */
    private static final Duration LOOKED_BACK = Duration.ofDays(7);

    /** Docker walks through all it has to answer. */
    private static final Duration FRESH = Duration.ofMinutes(10);

    private final Db db;
    private final Clock clock;
    private final SpaceSettings settings;
    private final Disks disks;
    private final Ballast ballast;
    private final BuildCache cache;
    private final Surveyor surveyor;
    private final BuildRoom room;
    private volatile Level level = Level.ROOMY;
    private volatile @Nullable Survey survey;
    private Instant sampledAt = Instant.MIN;
    private final Beat watching;
    /** Apart from the watching: it takes as long as Docker takes. */
    private final Beat tidying;

    private final Object surveying = new Object();
    private volatile boolean isWanted;

    /** Nothing is measured before {@link #start}. */
    public Space(Db db, Engine engine, Projects projects, Logs logs, Clock clock, SpaceSettings settings) {
        this.db = db;
        this.clock = clock;
        this.settings = settings;
        this.disks = new Disks(settings.data(), engine);
        this.ballast = new Ballast(settings.data(), settings.ballastBytes());
        this.cache = new BuildCache(engine, disks, settings.cacheBytes(), clock);
        this.surveyor = new Surveyor(db, engine, projects, logs, clock);
        this.watching = new Beat("space", settings.look(), this::look);
        this.tidying = new Beat("space-docker", settings.look(), this::lookAtDocker);
        this.room = new BuildRoom(new Admission(db, disks, settings), cache, disks, db, clock, settings);
    }

    /** From now on the disks are looked at every few seconds. */
    public void start() {
        db.whenFull(ballast::giveUp);
        watching.start();
        tidying.start();
    }

    /** Where builds are let in. */
    public BuildRoom room() {
        return room;
    }

    /** How near the fullest disk was to being full when it was last looked at. */
    public Level level() {
        return level;
    }

    /** From how many percent on is what. */
    public Level.Bounds bounds() {
        return settings.bounds();
    }

    /** As they are now; that of the data first, that of Docker after it where it is another. */
    public List<Disk> disks() {
        return disks.measure();
    }

    /** The one of them that is nearest to being full. */
    public Disk fullest() {
        return disks.fullest();
    }

    /**
     * What takes it up, looked at again when that was a while ago; as it was then when looking takes longer than this, and
     * empty when nobody ever looked.
     */
    public Optional<Survey> survey(Duration atMost) {
        var end = System.nanoTime() + atMost.toNanos();
        synchronized (surveying) {
            if (isFresh(survey) || !tidying.isGoingOn()) return Optional.ofNullable(survey);
            isWanted = true;
            tidying.kick();
            try {
                for (var left = atMost.toMillis(); !isFresh(survey) && left > 0; left = millisUntil(end)) {
                    surveying.wait(left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Optional.ofNullable(survey);
        }
    }

    private static long millisUntil(long end) {
        return (end - System.nanoTime()) / 1_000_000;
    }

    private boolean isFresh(@Nullable Survey known) {
        return known != null && Duration.between(known.at(), clock.instant()).compareTo(FRESH) < 0;
    }

    /** In how many days it is full if it goes on like this; empty when it does not grow, or nobody can tell. */
    public OptionalLong daysUntilFull(Disk disk) {
        var since = clock.instant().minus(LOOKED_BACK);
        return new Growth(db.read(sql -> SampleStore.since(sql, disk.holds(), since))).daysUntilFull(disk);
    }

    /** Whether something failed because the disk is full. */
    public static boolean isFull(Throwable failure) {
        return failure instanceof DatabaseFailed failed && failed.isDiskFull();
    }

    /** What needs nobody but ourselves, and so is done however hung Docker is. */
    void look() {
        var now = disks.measure();
        var before = level;
        level = settings.bounds().of(now);
        if (level != before) tell(before);
        var data = now.getFirst();
        if (settings.bounds().of(data) == Level.LAST) ballast.giveUp();
        else if (!level.isAtLeast(Level.FULL)) ballast.restore(data);
        if (isDue()) sample(now);
    }

    private void tell(Level before) {
        var fullest = disks.fullest();
        if (level.isAtLeast(before)) {
            LOG.warn(
                    "The disk of {} is {} % full: {} are free. {}",
                    fullest.place(), fullest.percent(), Bytes.text(fullest.free()), consequence());
        } else {
            LOG.info("The disk of {} is down to {} %", fullest.place(), fullest.percent());
        }
    }

    private String consequence() {
        return switch (level) {
            case ROOMY -> "";
            case TIGHT -> "Older images and more of the build cache go now. Make room.";
            case FULL -> "Nothing is built until there is room again; what runs is not affected. Make room.";
            case LAST -> "Nothing is built, and soon nothing can be saved. Make room now.";
        };
    }

    private boolean isDue() {
        return Duration.between(sampledAt, clock.instant()).compareTo(SAMPLED) >= 0;
    }

    private void sample(List<Disk> now) {
        var time = clock.instant();
        sampledAt = time;
        db.change(sql -> {
            now.forEach(disk -> SampleStore.add(sql, disk, time));
            SampleStore.forgetBefore(sql, time.minus(KEPT));
        });
    }

    /** What may take as long as Docker takes. */
    void lookAtDocker() {
        disks.findDocker();
        cache.trimIfDue(level);
        if (!isWanted) return;
        isWanted = false;
        var found = surveyor.survey(cache.limit());
        synchronized (surveying) {
            survey = found;
            surveying.notifyAll();
        }
    }

    @Override
    public void close() {
        watching.close();
        tidying.close();
    }
}
