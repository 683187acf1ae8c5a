package dev.signalbox.deploys;

import org.jspecify.annotations.Nullable;

/**
 * How a workload stands: what serves, and what was tried last. They are the same where the newest deployment is live.
 *
 * @param serving null when nothing does
 * @param newest null when there never was one
 * @param isRouted whether what serves takes requests
 */
public record Standing(
        @Nullable Deployment serving, @Nullable Deployment newest, boolean isRouted) {
    static final Standing NEVER = new Standing(null, null, false);

    /** What tries to become live, or has failed to, since what serves went live; null when there is nothing of the kind. */
    public @Nullable Deployment attempt() {
        return newest == null || (serving != null && serving.number() >= newest.number()) ? null : newest;
    }

    /** Who serves when the newest does not come to. */
    public static String withoutNewest(@Nullable Deployment before) {
        return before == null
                ? "Nothing served before, and nothing does now."
                : "#" + before.number() + " keeps serving.";
    }

    public boolean isUnderWay() {
        return newest != null && newest.finishedAt() == null;
    }
}
