package dev.signalbox;

import dev.signalbox.builds.BuildRefused;
import dev.signalbox.builds.SourceTree;
import dev.signalbox.deploys.Deployment;
import dev.signalbox.deploys.Sources;
import dev.signalbox.git.GitException;
import dev.signalbox.git.GitTree;
import dev.signalbox.git.Push;
import dev.signalbox.git.Repositories;
import dev.signalbox.projects.Projects;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Lets deployments read commits out of the git remote and tell it what became of them. */
final class GitSources implements Sources {
    private final Repositories repositories;
    private final Projects projects;
    /**
     * Of pushes that people wait for. Detached ones have moved their branch already, and after a restart there are none:
     * then branches are settled without.
     */
    private final Map<Content, Push.Guard> guards = new ConcurrentHashMap<>();

    GitSources(Repositories repositories, Projects projects) {
        this.repositories = repositories;
        this.projects = projects;
    }

    private record Content(String workloadId, String commit) {}

    void guard(Push push) {
        guards.put(new Content(push.workload().id(), push.commit().sha()), push.guard());
    }

    void release(Push push) {
        guards.remove(new Content(push.workload().id(), push.commit().sha()), push.guard());
    }

    @Override
    public SourceTree tree(String serviceId, String commit) {
        try {
            return new Tree(repositories.tree(serviceId, commit));
        } catch (GitException e) {
            throw new BuildRefused(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Optional<String> refusal(Deployment deployment) {
        return guard(deployment).flatMap(Push.Guard::refusal);
    }

    @Override
    public void becameLive(Deployment deployment) {
        var commit = deployment.commit();
        if (deployment.ref() == null || commit == null) return;
        var guard = guard(deployment);
        if (guard.isPresent()) {
            guard.get().moveRef();
        } else {
            projects.findWorkload(deployment.workloadId()).ifPresent(workload -> repositories.settle(workload, commit));
        }
    }

    private Optional<Push.Guard> guard(Deployment deployment) {
        if (deployment.commit() == null) return Optional.empty();
        return Optional.ofNullable(guards.get(new Content(deployment.workloadId(), deployment.commit())));
    }

    private record Tree(GitTree tree) implements SourceTree {
        @Override
        public String id() {
            return tree.id();
        }

        @Override
        public List<Entry> entries() throws IOException {
            return tree.entries().stream()
                    .map(entry -> new Entry(
                            entry.path(), Entry.Kind.valueOf(entry.kind().name()), entry.size()))
                    .toList();
        }

        @Override
        public Optional<String> readText(String path) throws IOException {
            return tree.readText(path);
        }

        @Override
        public InputStream open(String path) throws IOException {
            return tree.open(path);
        }

        @Override
        public void close() {
            tree.close();
        }
    }
}
