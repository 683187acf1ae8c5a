package dev.signalbox.git;

import dev.signalbox.db.Ids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectId;

/** The repositories of the services: one directory each, open while somebody uses it, changed under one lock. */
final class RepositoryStore {
    private final Path folder;
    private final Path incoming;
    private final Ids ids;
    private final Map<String, Shared> open = new HashMap<>();

    RepositoryStore(Path folder, Path incoming, Ids ids) {
        JGitSettings.apply();
        this.folder = folder;
        this.incoming = incoming;
        this.ids = ids;
    }

    /** Empty when nothing was pushed to the service yet. */
    synchronized Optional<OpenRepository> open(String serviceId) throws IOException {
        var directory = directory(serviceId);
        if (!Files.isDirectory(directory)) return Optional.empty();
        if (!open.containsKey(serviceId)) open.put(serviceId, new Shared(new FileRepository(directory.toFile())));
        return Optional.of(lend(serviceId, Objects.requireNonNull(open.get(serviceId))));
    }

    /** Where the next push to this service is received. */
    Incoming receive(Optional<String> serviceId) throws IOException {
        var known = serviceId.map(this::directory).filter(Files::isDirectory);
        return Incoming.create(fresh(), known.orElse(null));
    }

    private Path fresh() {
        return incoming.resolve(ids.random(12) + ".git");
    }

    /** Gives what was received to the service. */
    synchronized void accept(Incoming received, String serviceId) throws IOException {
        createIfMissing(serviceId);
        var packs = received.moveInto(directory(serviceId));
        var shared = open.get(serviceId);
        if (shared == null) return;
        for (var pack : packs) shared.repository.openPack(pack.toFile());
    }

    /** Makes an empty repository for a service that has none; it is there as a whole or not at all. */
    synchronized void createIfMissing(String serviceId) throws IOException {
        var directory = directory(serviceId);
        if (Files.isDirectory(directory)) return;
        var fresh = fresh();
        Layout.create(fresh, null);
        Disk.syncAll(fresh);
        Files.move(fresh, directory, StandardCopyOption.ATOMIC_MOVE);
        Disk.sync(folder);
    }

    /** How far a branch may be moved to have a commit. */
    enum Move {
        /** Only to a commit that contains what it has. */
        FORWARD,
        /** As {@link #FORWARD}, and away from commits that have nothing to do with it; never back. */
        ASIDE,
        ANYWHERE
    }

    /** Moves a branch to a commit as far as it may; nothing happens when the service, or the commit, is gone. */
    synchronized void moveBranch(String serviceId, String ref, ObjectId commit, Move move) throws IOException {
        var opened = open(serviceId);
        if (opened.isEmpty()) return;
        try (var repository = opened.get()) {
            if (!repository.has(commit)) return;
            var now = repository.branch(ref);
            if (now.isEmpty() || isAllowed(repository, now.get(), commit, move)) {
                repository.setBranch(ref, now, commit);
            }
        }
    }

    private static boolean isAllowed(OpenRepository repository, ObjectId now, ObjectId commit, Move move)
            throws IOException {
        return switch (move) {
            case FORWARD -> repository.contains(commit, now);
            case ASIDE -> repository.contains(commit, now) || !repository.contains(now, commit);
            case ANYWHERE -> true;
        };
    }

    synchronized void remove(String serviceId) throws IOException {
        Disk.delete(directory(serviceId));
        // Whoever still uses the old one keeps it until it is done.
        open.remove(serviceId);
    }

    private Path directory(String serviceId) {
        return Repositories.directory(folder, serviceId);
    }

    private OpenRepository lend(String serviceId, Shared shared) {
        shared.users++;
        return new OpenRepository(shared.repository, () -> giveBack(serviceId, shared));
    }

    private synchronized void giveBack(String serviceId, Shared shared) {
        if (--shared.users > 0) return;
        open.remove(serviceId, shared);
        shared.repository.close();
    }

    private static final class Shared {
        final FileRepository repository;
        int users;

        Shared(FileRepository repository) {
            this.repository = repository;
        }
    }
}
