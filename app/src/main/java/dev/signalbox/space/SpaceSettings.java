package dev.signalbox.space;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What counts as full, and what is kept.
 *
 * @param proc where the kernel tells of the machine
 * @param need of a build of which nothing is known yet
 * @param cacheBytes how much the cache of builds may hold; 0 takes what suits the disk
 * @param ballastBytes how much is kept in reserve for when the disk is full
 * @param stalled percent of the time that something may wait for memory before builds wait too
 * @param patience how long a build waits for room
 * @param look how often the disks are measured
 */
public record SpaceSettings(
        Path data,
        Path proc,
        Level.Bounds bounds,
        Need need,
        long cacheBytes,
        long ballastBytes,
        double stalled,
        Duration patience,
        Duration look) {
    private static final Path PROC = Path.of("/proc");
    private static final double STALLED = 20;

    /** The figures people of the field know. */
    public static SpaceSettings standard(Path data) {
        return new SpaceSettings(
                data,
                PROC,
                Level.Bounds.STANDARD,
                new Need(2_000_000_000, 512_000_000),
                0,
                64_000_000,
                STALLED,
                Duration.ofMinutes(10),
                Duration.ofSeconds(5));
    }

    public SpaceSettings withCache(long bytes) {
        return new SpaceSettings(data, proc, bounds, need, bytes, ballastBytes, stalled, patience, look);
    }

    public SpaceSettings withBounds(Level.Bounds other) {
        return new SpaceSettings(data, proc, other, need, cacheBytes, ballastBytes, stalled, patience, look);
    }

    public SpaceSettings withNeed(long disk, long memory) {
        return new SpaceSettings(
                data, proc, bounds, new Need(disk, memory), cacheBytes, ballastBytes, stalled, patience, look);
    }

    public SpaceSettings withPatience(Duration atMost) {
        return new SpaceSettings(data, proc, bounds, need, cacheBytes, ballastBytes, stalled, atMost, look);
    }

    SpaceSettings withProc(Path directory) {
        return new SpaceSettings(data, directory, bounds, need, cacheBytes, ballastBytes, stalled, patience, look);
    }

    public SpaceSettings withBallast(long bytes) {
        return new SpaceSettings(data, proc, bounds, need, cacheBytes, bytes, stalled, patience, look);
    }
}
