package dev.signalbox.web;

import dev.signalbox.deploys.Cause;
import dev.signalbox.deploys.Deployment;
import dev.signalbox.deploys.State;
import org.jspecify.annotations.Nullable;

/** What a deployment is called, wherever it is spoken of. */
final class DeploymentWords {
    private static final int SHORT = 7;

    private DeploymentWords() {}

    /** What it is about, in the words of its commit or of who asked for it. */
    static String subject(Deployment deployment) {
        var subject = deployment.subject() == null ? "" : deployment.subject();
        if (deployment.cause() == Cause.ROLLBACK) {
            return "Back to #" + deployment.release() + (subject.isBlank() ? "" : ": " + subject);
        }
        if (!subject.isBlank()) return subject;
        return switch (deployment.cause()) {
            case PUSH, API, ROLLBACK -> "Without a subject";
            case REDEPLOY -> "Deployed again";
            case VARIABLES -> "Variables changed";
            case SCALE -> "Scaled";
        };
    }

    /** The beginning of the commit's id; null when it came from none. */
    static @Nullable String commit(Deployment deployment) {
        var commit = deployment.commit();
        return commit == null ? null : commit.substring(0, Math.min(SHORT, commit.length()));
    }

    static @Nullable String branch(Deployment deployment) {
        var ref = deployment.ref();
        return ref == null ? null : ref.replaceFirst("^refs/heads/", "");
    }

    /** {@code pushed by Mara}. */
    static String by(Deployment deployment) {
        return switch (deployment.cause()) {
                    case PUSH -> "pushed by ";
                    case API -> "asked for by ";
                    case REDEPLOY -> "deployed again by ";
                    case ROLLBACK -> "gone back to by ";
                    case VARIABLES -> "variables deployed by ";
                    case SCALE -> "scaled by ";
                }
                + deployment.actor();
    }

    /** {@code is being checked}: after its name, a sentence. */
    static String doing(State state) {
        return switch (state) {
            case QUEUED -> "waits for its turn";
            case BUILDING -> "is being built";
            case RELEASING -> "runs its release command";
            case STARTING -> "is starting";
            case CHECKING -> "is being checked";
            case APPROVING -> "waits for approval";
            case ROUTING, SHIFTING -> "is taking over the requests";
            case SETTLING -> "serves and is watched";
            case LIVE -> "went live";
            case FAILED -> "failed";
            case CANCELLED -> "was cancelled";
            case SUPERSEDED -> "was passed over";
            case SKIPPED -> "was skipped: nothing watched changed";
        };
    }
}
