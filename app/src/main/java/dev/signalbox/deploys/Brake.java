package dev.signalbox.deploys;

import dev.signalbox.deploys.DeploymentRun.Stop;
import org.jspecify.annotations.Nullable;

/** What stops a run from outside, for as long as it may be stopped. */
final class Brake {
    private final Thread run;
    private @Nullable Stop stop;
    private boolean isReleased;

    Brake(Thread run) {
        this.run = run;
    }

    /** Ends the run within moments; false when it is past the point of no return. */
    synchronized boolean pull(Stop why) {
        if (isReleased) return false;
        if (stop == null) {
            stop = why;
            run.interrupt();
        }
        return true;
    }

    synchronized void requireNotPulled() throws InterruptedException {
        if (stop != null) throw new InterruptedException();
    }

    synchronized void passPointOfNoReturn() throws InterruptedException {
        requireNotPulled();
        isReleased = true;
    }

    /** From here on nobody stops the run, so that it can clean up undisturbed. */
    synchronized void release() {
        isReleased = true;
        Thread.interrupted();
    }

    synchronized boolean isPulled() {
        return stop != null;
    }

    /** Whether the run is only left where it is, for the next start to go on with. */
    synchronized boolean isForLater() {
        return stop != null && !stop.isForGood();
    }

    synchronized String pulledBy() {
        return stop == null ? "Signalbox" : stop.by();
    }
}
