package dev.signalbox.deploys;

/** What came of asking for a deployment. */
public sealed interface Asked {
    record Queued(Deployment deployment) implements Asked {}

    record NothingToDeploy() implements Asked {}

    record NoSuchRelease(long release) implements Asked {}

    /** Its image was removed; only building its commit again brings it back. */
    record ImageGone(long release) implements Asked {}
}
