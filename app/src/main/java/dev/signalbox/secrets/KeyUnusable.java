package dev.signalbox.secrets;

import java.nio.file.Path;

/** The master key cannot be used, so nothing may start: a new key would make everything sealed unreadable. */
public final class KeyUnusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KeyUnusable(Path file, String what) {
        super("Master key " + file + " is " + what + "; restore it from your recovery kit.");
    }
}
