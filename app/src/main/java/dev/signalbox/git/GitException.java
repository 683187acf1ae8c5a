package dev.signalbox.git;

import org.jspecify.annotations.Nullable;

/** A repository could not be read or written. */
public final class GitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GitException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
