package dev.signalbox.git;

import dev.signalbox.git.RepositoryStore.Move;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** The branch a push is for: watched while the push waits, moved when it is through. */
final class GuardedBranch implements Push.Guard {
    private final RepositoryStore store;
    private final String serviceId;
    private final PushRequest request;
    private final boolean forced;
    private final Supplier<Optional<String>> revocation;
    private final AtomicBoolean hasMoved = new AtomicBoolean();

    GuardedBranch(
            RepositoryStore store,
            String serviceId,
            PushRequest request,
            boolean forced,
            Supplier<Optional<String>> revocation) {
        this.store = store;
        this.serviceId = serviceId;
        this.request = request;
        this.forced = forced;
        this.revocation = revocation;
    }

    @Override
    public Optional<String> refusal() {
        var revoked = revocation.get();
        if (revoked.isPresent() || forced) return revoked;
        try (var repository = store.open(serviceId).orElse(null)) {
            if (repository == null) return Optional.of("The service was deleted.");
            var now = repository.branch(request.ref());
            if (now.isEmpty() || repository.contains(request.commit(), now.get())) return Optional.empty();
            return Optional.of(
                    String.join(" ", History.behind(request, now.get()).lines()));
        } catch (IOException e) {
            throw new GitException("The branch " + request.ref() + " could not be read.", e);
        }
    }

    @Override
    public void moveRef() {
        // Later pushes may have moved it further; a second call must not move it back.
        if (!hasMoved.compareAndSet(false, true)) return;
        try {
            store.moveBranch(serviceId, request.ref(), request.commit(), forced ? Move.ANYWHERE : Move.FORWARD);
        } catch (IOException e) {
            hasMoved.set(false);
            throw new GitException("The branch " + request.ref() + " could not be moved.", e);
        }
    }
}
