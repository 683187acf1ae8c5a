package dev.signalbox.deploys;

import java.util.Locale;

/** What set a deployment off. */
public enum Cause {
    PUSH,
    API,
    REDEPLOY,
    ROLLBACK,
    VARIABLES,
    SCALE;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Cause of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
