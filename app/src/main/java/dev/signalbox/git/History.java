package dev.signalbox.git;

import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/** How a pushed commit relates to what its branch has. */
record History(boolean leavesSeen, Optional<ObjectId> now, boolean leavesNow, PushRequest request) {
    /**
     * Looks at it now.
     *
     * @param repository one that has the commit, and all that its branch has
     */
    static History of(Repository repository, PushRequest request, Optional<ObjectId> now) throws IOException {
        boolean leavesSeen = !request.seen().equals(ObjectId.zeroId())
                && !OpenRepository.contains(repository, request.commit(), request.seen());
        boolean leavesNow = now.isPresent() && !OpenRepository.contains(repository, request.commit(), now.get());
        return new History(leavesSeen, now, leavesNow, request);
    }

    /** Whether this is what the branch has already. */
    boolean isNothingNew() {
        return now.filter(request.commit()::equals).isPresent();
    }

    /**
     * Whether the push may leave commits behind: git sends one that does so only with {@code --force}; and whoever names
     * an environment wants this commit there, whatever was there before.
     */
    boolean isForced() {
        return leavesSeen || !request.isOfTrackedBranch();
    }

    Optional<Refusal> refusal() {
        if (!request.isOfTrackedBranch()) return Optional.empty();
        boolean forcesBlindly = leavesSeen && now.filter(request.seen()::equals).isEmpty();
        boolean fallsBehind = !leavesSeen && leavesNow;
        if (now.isPresent() && (forcesBlindly || fallsBehind)) return Optional.of(behind(request, now.get()));
        return Optional.empty();
    }

    static Refusal behind(PushRequest request, ObjectId now) {
        var short7 = now.name().substring(0, 7);
        return Refusal.of(
                request.branch() + " has moved on",
                Refusal.NOTHING + request.branch() + " has moved on to " + short7
                        + ", which is not in the history of what you push.",
                "Get it (git pull signalbox " + request.branch() + ") and push again, or leave it behind with git push"
                        + " --force.");
    }
}
