package dev.signalbox.logs;

/** A log could not be written or read. The message is for a person. */
public final class LogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LogException(String message, Throwable cause) {
        super(message, cause);
    }
}
