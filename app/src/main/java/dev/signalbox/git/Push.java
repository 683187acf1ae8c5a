package dev.signalbox.git;

import dev.signalbox.accounts.Caller;
import dev.signalbox.projects.Workload;
import java.util.Optional;

/**
 * One commit on its way to one workload.
 *
 * @param ref the branch that moves when it is live: the one the environment tracks, whatever the pushed one is called
 * @param forced whether the commit may leave behind what the branch has now
 * @param detached whether the person waits only until it is queued
 */
public record Push(
        Workload workload, Commit commit, String ref, boolean forced, boolean detached, Caller caller, Guard guard) {

    /** What is deployed; all texts are fit for a terminal. */
    public record Commit(String sha, String tree, String subject, String author) {
        public String shortSha() {
            return sha.substring(0, 7);
        }
    }

    /** The branch, from the deployment's side. */
    public interface Guard {
        /**
         * Asked when the deployment's turn comes: why it must not run any more. Another push may have moved the branch, or
         * the token may have been revoked.
         */
        Optional<String> refusal();

        /**
         * Moves the branch: when the deployment is live or was skipped and before the next one's turn, or, when detached,
         * once it is queued. Calling it again changes nothing.
         */
        void moveRef();
    }
}
