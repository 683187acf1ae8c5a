package dev.signalbox.git;

import dev.signalbox.git.RepositoryStore.Move;
import dev.signalbox.projects.Environment;
import dev.signalbox.projects.Workload;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/** Which branch stands for which environment: it has the commit that was last deployed there. */
final class Branches {
    private static final String MAIN = Constants.R_HEADS + "main";
    private static final String MASTER = Constants.R_HEADS + "master";

    private Branches() {}

    /** The full name of the branch that moves when something goes live in this environment. */
    static String ref(Environment.Outline environment) {
        var branch = environment.branch();
        return Constants.R_HEADS + (branch == null ? environment.name().value() : branch);
    }

    /**
     * What a pushing client is told. {@code main} and {@code master} are one branch here, so each is shown for the other:
     * only then does the client know what it is about to replace, and whether it needs force.
     */
    static SortedMap<String, ObjectId> advertised(SortedMap<String, ObjectId> branches) {
        var shown = new TreeMap<>(branches);
        var main = branches.get(MAIN);
        var master = branches.get(MASTER);
        if (main != null) shown.putIfAbsent(MASTER, main);
        if (master != null) shown.putIfAbsent(MAIN, master);
        return shown;
    }

    static void settle(RepositoryStore store, Workload workload, String commit) {
        var ref = ref(workload.environment().outline());
        try {
            store.moveBranch(workload.service().id(), ref, ObjectId.fromString(commit), Move.ASIDE);
        } catch (IOException e) {
            throw new GitException("The branch " + ref + " of " + workload.label() + " could not be moved.", e);
        }
    }
}
