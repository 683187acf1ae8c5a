package dev.signalbox.db;

import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** A read or write did not work; what was to be written is not there. */
public final class DatabaseFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DatabaseFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Whether it did not work because nothing more fits on the disk. */
    public boolean isDiskFull() {
        for (var cause = getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException e && e.getResultCode() == SQLiteErrorCode.SQLITE_FULL) return true;
        }
        return false;
    }
}
