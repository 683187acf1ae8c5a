package dev.signalbox.deploys;

import java.util.Locale;

/** Where a deployment is, or how it ended. */
public enum State {
    QUEUED,
    BUILDING,
    RELEASING,
    STARTING,
    CHECKING,
    APPROVING,
    ROUTING,
    SHIFTING,
    SETTLING,
    LIVE,
    FAILED,
    CANCELLED,
    SUPERSEDED,
    SKIPPED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static State of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
