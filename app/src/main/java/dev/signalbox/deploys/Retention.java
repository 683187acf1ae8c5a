package dev.signalbox.deploys;

import dev.signalbox.engine.Engine;
import dev.signalbox.engine.EngineException;
import dev.signalbox.engine.Image;
import dev.signalbox.logs.LogException;
import dev.signalbox.logs.Logs;
import dev.signalbox.space.Level;
import dev.signalbox.space.Space;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what nobody comes back to: images that no release worth keeping runs, and the logs of long ago. */
final class Retention {
    static final int GOOD_RELEASES = 5;
    /** On a disk that is nearly full: what serves, and one to go back to. */
    static final int GOOD_RELEASES_WHEN_TIGHT = 2;

    static final int LOGS_PER_SERVICE = 200;

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final Duration EVERY = Duration.ofHours(1);
    /** Whoever looks after the containers does this too, and has more urgent things to do. */
    private static final Duration AT_A_TIME = Duration.ofSeconds(2);

    private final Ledger ledger;
    private final Engine engine;
    private final Logs logs;
    private final Space space;
    private final Clock clock;
    private final String names;
    /** Many may choose an image at once; none is removed meanwhile. */
    private final ReentrantReadWriteLock choosing = new ReentrantReadWriteLock();

    private volatile Instant due;
    private int goodBefore = GOOD_RELEASES;

    Retention(Ledger ledger, Engine engine, Logs logs, Space space, DeploySettings settings, Clock clock) {
        this.ledger = ledger;
        this.engine = engine;
        this.logs = logs;
        this.space = space;
        this.clock = clock;
        this.names = imageNames(settings.instance());
        this.due = clock.instant().plus(EVERY);
    }

    /** How the names of this appliance's images begin. */
    static String imageNames(String instance) {
        return "signalbox-" + instance + "/";
    }

    /** Takes an act that ends with an image written down as one that a deployment needs. */
    <T> T whileChoosing(Act<T> act) throws InterruptedException {
        choosing.readLock().lockInterruptibly();
        try {
            return act.take();
        } finally {
            choosing.readLock().unlock();
        }
    }

    /** A deployment ended, or a service was deleted: there may be something to remove. */
    void isWorthALook() {
        due = Instant.MIN;
    }

    /** Removes what may go, unless that was done lately. What stays this time goes another time. */
    void lookIfDue() {
        var fewer = goodReleases() < goodBefore;
        goodBefore = goodReleases();
        if (!fewer && clock.instant().isBefore(due)) return;
        due = clock.instant().plus(EVERY);
        try {
            logs.retainDeployments(ledger.idsWithLogs(LOGS_PER_SERVICE));
            removeImages();
        } catch (EngineException | LogException e) {
            LOG.warn("What old deployments left is removed later: {}", e.getMessage());
        }
    }

    private int goodReleases() {
        return space.level().isAtLeast(Level.TIGHT) ? GOOD_RELEASES_WHEN_TIGHT : GOOD_RELEASES;
    }

    private void removeImages() {
        long start = System.nanoTime();
        var kept = ledger.imagesWorthKeeping(goodReleases());
        for (var image : engine.listImages()) {
            if (kept.contains(image.id()) || !isOurs(image)) continue;
            if (System.nanoTime() - start > AT_A_TIME.toNanos() || !remove(image)) {
                isWorthALook();
                return;
            }
        }
    }

    /** People may have built upon an image of ours, and given that a name of their own. */
    private boolean isOurs(Image image) {
        return image.names().stream().allMatch(name -> name.startsWith(names));
    }

    /** False when a deployment is just choosing its image, which may be this one. */
    private boolean remove(Image image) {
        if (!choosing.writeLock().tryLock()) return false;
        try {
            if (ledger.imagesWorthKeeping(goodReleases()).contains(image.id())) return true;
            for (var name : image.names()) engine.removeImage(name);
            engine.removeImage(image.id().value());
            // One that a container still has stays, and goes at a later look.
            if (engine.findImage(image.id().value()).isEmpty()) {
                LOG.info("Removed the image {}: no release that is kept runs it", image.names());
            }
            return true;
        } finally {
            choosing.writeLock().unlock();
        }
    }
}
