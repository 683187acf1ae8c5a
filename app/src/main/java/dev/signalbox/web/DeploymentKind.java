package dev.signalbox.web;

import java.util.Locale;

/** What a deployment asked for through the API does. */
enum DeploymentKind {
    /** The newest release again, with the variables as they are now. */
    REDEPLOY,
    /** An earlier release as it was. */
    ROLLBACK;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
