package dev.signalbox.engine;

/** A step of the Dockerfile failed; the message is what BuildKit said of it. */
public final class BuildFailed extends EngineException {
    private static final long serialVersionUID = 1L;

    public BuildFailed(String message) {
        super(Kind.REFUSED, message, null);
    }
}
