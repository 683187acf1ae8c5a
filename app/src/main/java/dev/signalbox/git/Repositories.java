package dev.signalbox.git;

import dev.signalbox.db.Ids;
import dev.signalbox.projects.Workload;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What was pushed, as the rest of the program sees it. JGit is loaded when it is first needed and not before, so this class
 * does not mention it.
 */
public final class Repositories {
    private static final String INCOMING = "incoming";

    private final Path folder;
    /** Each run of the program has one of its own, so that tidying up never meets a push that has just begun. */
    private final Path incoming;

    private final Ids ids;
    private @Nullable RepositoryStore store;

    /**
     * The repositories in this directory, which is made when it is needed.
     */
    public Repositories(Path folder, Ids ids) {
        this.folder = folder;
        this.incoming = folder.resolve(INCOMING).resolve(ids.random(12));
        this.ids = ids;
    }

    /** Deletes what pushes left when an earlier run of the program ended in the middle of them. */
    public void tidy() {
        try {
            for (var run : Disk.list(folder.resolve(INCOMING))) if (!run.equals(incoming)) Disk.delete(run);
        } catch (IOException e) {
            throw new GitException("Unfinished pushes in " + folder.resolve(INCOMING) + " could not be deleted.", e);
        }
    }

    /**
     * The files of a commit; to be closed by the caller.
     *
     * @throws GitException when the repository does not have it
     */
    public GitTree tree(String serviceId, String commit) {
        return GitTree.open(store(), serviceId, commit);
    }

    /**
     * Sees to it that the branch of this workload's environment has the commit; for the start, because the process may have
     * ended between a deployment's going live and the move of its branch.
     *
     * @param commit of the newest deployment that was pushed to this workload and went live
     */
    public void settle(Workload workload, String commit) {
        Branches.settle(store(), workload, commit);
    }

    /** Deletes the repository of a service that is gone; nothing happens when there is none. */
    public synchronized void remove(String serviceId) {
        var directory = directory(folder, serviceId);
        try {
            if (store == null) Disk.delete(directory);
            else store.remove(serviceId);
        } catch (IOException e) {
            throw new GitException("The repository of " + serviceId + " could not be deleted.", e);
        }
    }

    synchronized RepositoryStore store() {
        if (store == null) store = new RepositoryStore(folder, incoming, ids);
        return store;
    }

    /** Ids are ours, names are people's: only ids become paths. */
    static Path directory(Path folder, String serviceId) {
        if (!serviceId.matches("[a-z]+_[0-9a-z]+")) throw new IllegalArgumentException("not an id");
        return folder.resolve(serviceId + ".git");
    }
}
