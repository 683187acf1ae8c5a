package dev.signalbox.deploys;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to make a release live.
 *
 * @param number counts per service, over all its environments
 * @param reason why it did not become live, in a sentence or two for people
 * @param failure what it failed of; null when it did not, or that is not known
 * @param ref the ref that moves to the commit once it is live; null when it came from no push
 * @param release the number of the release it runs, once there is one
 * @param replaces the number of the deployment that served before it
 */
public record Deployment(
        String id,
        long number,
        String workloadId,
        String serviceId,
        Cause cause,
        State state,
        @Nullable String reason,
        @Nullable Failure failure,
        @Nullable String ref,
        boolean forced,
        @Nullable String commit,
        @Nullable String subject,
        String actor,
        @Nullable Long release,
        @Nullable Long replaces,
        @Nullable Long supersededBy,
        Instant queuedAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {}
