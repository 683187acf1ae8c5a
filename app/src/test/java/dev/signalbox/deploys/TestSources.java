package dev.signalbox.deploys;

import dev.signalbox.builds.SourceTree;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Repositories with the commits that a test made. */
final class TestSources implements Sources {
    volatile Runnable whenLive = () -> {};
    private final Map<String, SourceTree> commits = new ConcurrentHashMap<>();

    /** The commit of these files, the same for the same files. */
    String commit(Map<String, String> files) {
        var tree = new FileTree(files);
        commits.put(tree.id(), tree);
        return tree.id();
    }

    @Override
    public SourceTree tree(String serviceId, String commit) {
        return commits.get(commit);
    }

    @Override
    public Optional<String> refusal(Deployment deployment) {
        return Optional.empty();
    }

    @Override
    public void becameLive(Deployment deployment) {
        whenLive.run();
    }
}
