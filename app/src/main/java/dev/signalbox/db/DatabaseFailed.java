package dev.signalbox.db;

import org.jspecify.annotations.Nullable;

/** A read or write did not work; what was to be written is not there. */
public final class DatabaseFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DatabaseFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
