package dev.signalbox.deploys;

import dev.signalbox.projects.Workload;
import org.jspecify.annotations.Nullable;

/** What somebody wants deployed. */
public record DeploymentOrder(Workload workload, Cause cause, String actor, Content content) {
    /** Something to build, or a release that is there already. */
    public sealed interface Content {
        /**
         * A commit to build.
         *
         * @param ref moves to the commit once it is live; null leaves every ref alone
         */
        record Commit(String sha, String subject, @Nullable String ref, boolean forced) implements Content {}

        /** A release to run again: as it was when rolling back, else with the settings of now. */
        record Existing(Release release) implements Content {}
    }
}
