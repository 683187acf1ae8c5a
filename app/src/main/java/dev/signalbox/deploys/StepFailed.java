package dev.signalbox.deploys;

/** A step did not succeed; the message tells people why and what to do. What served before still does. */
final class StepFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    StepFailed(String message) {
        this(message, Failure.OTHER);
    }

    StepFailed(String message, Failure failure) {
        super(message);
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
