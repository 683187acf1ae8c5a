package dev.signalbox.engine;

import org.jspecify.annotations.Nullable;

/** Docker refused, failed or did not answer. The message is one sentence for a person. */
public class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What a caller may want to tell apart. */
    public enum Kind {
        UNREACHABLE,
        TIMED_OUT,
        NOT_FOUND,
        CONFLICT,
        OUT_OF_SPACE,
        REFUSED
    }

    private final Kind kind;

    public EngineException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
