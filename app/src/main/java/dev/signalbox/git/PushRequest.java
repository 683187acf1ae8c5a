package dev.signalbox.git;

import dev.signalbox.projects.Environment;
import org.eclipse.jgit.lib.ObjectId;

/**
 * What a person asked for with a push that obeys the rules.
 *
 * @param branch the pushed branch, without {@code refs/heads/}
 * @param seen where the client saw that branch; zero when it saw none
 * @param commit what is to be deployed
 * @param environment where to
 * @param chosen whether the environment was named, so that the branch does not matter
 * @param detached whether the person does not wait for the end
 */
record PushRequest(
        String branch,
        ObjectId seen,
        ObjectId commit,
        Environment.Outline environment,
        boolean chosen,
        boolean detached) {

    /** The branch that moves when this is live. */
    String ref() {
        return Branches.ref(environment);
    }

    boolean isOfTrackedBranch() {
        return environment.tracks(branch);
    }
}
