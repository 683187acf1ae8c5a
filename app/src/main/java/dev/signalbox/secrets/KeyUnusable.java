package dev.signalbox.secrets;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The master key cannot be used, so nothing may start: a new key would make everything sealed unreadable. */
public final class KeyUnusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KeyUnusable(Path file, String what) {
        this(file, what, null);
    }

    /** The file holds a key, but not the one that this data was sealed with. */
    public static KeyUnusable wrong(Path file, Throwable cause) {
        return new KeyUnusable(file, "not the key of this data", cause);
    }

    private KeyUnusable(Path file, String what, @Nullable Throwable cause) {
        super("Master key " + file + " is " + what + "; restore it from your recovery kit.", cause);
    }
}
