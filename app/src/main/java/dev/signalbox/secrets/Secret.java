package dev.signalbox.secrets;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Text that never prints itself and is compared in constant time. */
public final class Secret {
    private final String text;

    public Secret(String text) {
        this.text = text;
    }

    /** The text itself, for the one place that must send or store it. */
    public String reveal() {
        return text;
    }

    public boolean matches(Secret other) {
        return MessageDigest.isEqual(
                text.getBytes(StandardCharsets.UTF_8), other.text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "***";
    }
}
