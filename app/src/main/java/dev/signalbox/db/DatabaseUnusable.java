package dev.signalbox.db;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The appliance cannot start on this database; the message says why and what to do. Nothing was changed. */
public final class DatabaseUnusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DatabaseUnusable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static DatabaseUnusable because(Path file, Exception cause) {
        return new DatabaseUnusable(
                "The database " + file + " cannot be used: " + cause.getMessage()
                        + ". Nothing was changed. Restore the newest good copy from " + file.resolveSibling("copies")
                        + ".",
                cause);
    }
}
