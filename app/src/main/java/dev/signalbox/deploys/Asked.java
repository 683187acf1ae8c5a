package dev.signalbox.deploys;

/** What came of asking for a deployment. */
public sealed interface Asked {
    record Queued(Deployment deployment) implements Asked {}

    record NothingToDeploy() implements Asked {}

    record NoSuchRelease(long release) implements Asked {}

    /** Its image was removed, and nobody knows which commit it was built from. */
    record ImageGone(long release) implements Asked {}
}
