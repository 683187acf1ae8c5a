package dev.signalbox.space;

import dev.signalbox.engine.Engine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what builds leave for the next ones within bounds: the least recently used goes first, and something always stays.
 * Never while something is built.
 */
final class BuildCache {
    private static final Logger LOG = LoggerFactory.getLogger(BuildCache.class);
    private static final long MOST = 10_000_000_000L;
    private static final int PART_OF_DISK = 10;
    /** On a disk that is nearly full less is kept. */
    private static final int PART_WHEN_TIGHT = 4;

    private static final Duration EVERY = Duration.ofHours(1);
    /** Docker looks at all of the cache each time. */
    private static final Duration PAUSE = Duration.ofMinutes(5);

    private final Engine engine;
    private final Disks disks;
    private final long limit;
    private final InstantSource clock;
    private final ReentrantReadWriteLock building = new ReentrantReadWriteLock();
    private volatile boolean hasGrown;
    private Instant trimmedAt;

    /** @param limit in bytes; 0 takes what suits the disk */
    BuildCache(Engine engine, Disks disks, long limit, InstantSource clock) {
        this.engine = engine;
        this.disks = disks;
        this.limit = limit;
        this.clock = clock;
        this.trimmedAt = clock.instant();
    }

    /** How much of it is kept while there is room. */
    long limit() {
        return limit > 0 ? limit : Math.max(1, Math.min(MOST, disks.ofBuilds().total() / PART_OF_DISK));
    }

    /** From here on until {@link #endBuild}, by the same thread, nothing is trimmed; false when the time ran out. */
    boolean beginBuild(Duration atMost) throws InterruptedException {
        return building.readLock().tryLock(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    void endBuild() {
        hasGrown = true;
        building.readLock().unlock();
    }

    /** Trims it after builds, and now and then anyhow. */
    void trimIfDue(Level level) {
        var since = Duration.between(trimmedAt, clock.instant());
        var pause = hasGrown || level.isAtLeast(Level.TIGHT) ? PAUSE : EVERY;
        if (since.compareTo(pause) >= 0) trim(level);
    }

    /** Trims it unless something is built. */
    synchronized void trim(Level level) {
        if (!building.writeLock().tryLock()) return;
        try {
            hasGrown = false;
            trimmedAt = clock.instant();
            var keep = level.isAtLeast(Level.TIGHT) ? Math.max(1, limit() / PART_WHEN_TIGHT) : limit();
            var freed = engine.trimBuildCache(keep, Duration.ZERO);
            if (freed > 0) LOG.info("Trimmed the cache of builds by {} to {}", Bytes.text(freed), Bytes.text(keep));
        } finally {
            building.writeLock().unlock();
        }
    }
}
