package dev.signalbox.git;

import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;

/** A service's repository while somebody uses it. */
final class OpenRepository implements AutoCloseable {
    private final FileRepository files;
    private final Runnable whenClosed;

    OpenRepository(FileRepository files, Runnable whenClosed) {
        this.files = files;
        this.whenClosed = whenClosed;
    }

    FileRepository files() {
        return files;
    }

    /** Its branches by their full names. */
    SortedMap<String, ObjectId> branches() throws IOException {
        var branches = new TreeMap<String, ObjectId>();
        for (var ref : files.getRefDatabase().getRefsByPrefix(Constants.R_HEADS)) {
            branches.put(ref.getName(), ref.getObjectId());
        }
        return branches;
    }

    Optional<ObjectId> branch(String ref) throws IOException {
        return Optional.ofNullable(files.exactRef(ref)).map(found -> found.getObjectId());
    }

    /** Sets a branch if it still is where the caller saw it. */
    void setBranch(String ref, Optional<ObjectId> seen, ObjectId commit) throws IOException {
        var update = files.updateRef(ref);
        update.setExpectedOldObjectId(seen.orElse(ObjectId.zeroId()));
        update.setNewObjectId(commit);
        // Whether it may leave something behind was decided before.
        update.setForceUpdate(true);
        update.disableRefLog();
        var result = update.update();
        switch (result) {
            case NEW, FAST_FORWARD, FORCED, NO_CHANGE -> {}
            default -> throw new GitException("The branch " + ref + " could not be moved: " + result, null);
        }
    }

    boolean has(ObjectId object) throws IOException {
        return files.getObjectDatabase().has(object);
    }

    boolean contains(ObjectId descendant, ObjectId ancestor) throws IOException {
        return contains(files, descendant, ancestor);
    }

    /** Whether the first commit has the second in its history, or is it. */
    static boolean contains(Repository repository, ObjectId descendant, ObjectId ancestor) throws IOException {
        if (descendant.equals(ancestor)) return true;
        try (var walk = new RevWalk(repository)) {
            walk.setRetainBody(false);
            return walk.isMergedInto(walk.parseCommit(ancestor), walk.parseCommit(descendant));
        } catch (MissingObjectException e) {
            return false;
        }
    }

    @Override
    public void close() {
        whenClosed.run();
    }
}
