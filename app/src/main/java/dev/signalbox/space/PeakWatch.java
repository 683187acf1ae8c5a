package dev.signalbox.space;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees how much of the disk and the memory goes while something is built. Whatever else begins meanwhile counts too. */
final class PeakWatch {
    private static final Logger LOG = LoggerFactory.getLogger(PeakWatch.class);
    private static final Duration EVERY = Duration.ofMillis(500);

    private final Disks disks;
    private final Path proc;
    private final CountDownLatch over = new CountDownLatch(1);
    private final long diskBefore;
    private final long memoryBefore;
    private long leastDisk;
    private long leastMemory;

    private PeakWatch(Disks disks, Path proc) {
        this.disks = disks;
        this.proc = proc;
        this.diskBefore = disks.ofBuilds().free();
        this.memoryBefore = Memory.of(proc).available();
        this.leastDisk = diskBefore;
        this.leastMemory = memoryBefore;
    }

    static PeakWatch start(Disks disks, Path proc) {
        var watch = new PeakWatch(disks, proc);
        Thread.ofVirtual().name("peak").start(watch::watch);
        return watch;
    }

    private void watch() {
        try {
            do {
                look();
            } while (!over.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (UncheckedIOException e) {
            LOG.debug("A build is not measured any more", e);
        }
    }

    private synchronized void look() {
        leastDisk = Math.min(leastDisk, disks.ofBuilds().free());
        leastMemory = Math.min(leastMemory, Memory.of(proc).available());
    }

    /** Ends it; what it saw. */
    synchronized Need end() {
        over.countDown();
        look();
        return new Need(diskBefore - leastDisk, memoryBefore - leastMemory);
    }
}
