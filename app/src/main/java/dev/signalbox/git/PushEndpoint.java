package dev.signalbox.git;

import dev.signalbox.git.Gate.Answer.Admitted;
import java.io.IOException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** The two requests of a push: what is there, and what is new. */
final class PushEndpoint {
    private final PushDesk desk;
    private final Semaphore seats;

    PushEndpoint(PushDesk desk) {
        this.desk = desk;
        this.seats = new Semaphore(desk.limits().receives(), true);
    }

    void advertise(GitExchange exchange, Admitted admitted) throws IOException {
        try (var repository = open(admitted)) {
            var branches = advertised(repository);
            exchange.header("Content-Type", "application/x-git-receive-pack-advertisement");
            Advertisement.write(exchange.output(), branches);
        }
    }

    void receive(GitExchange exchange, Admitted admitted) throws IOException {
        var permit = seat();
        if (permit == null) {
            GitRemote.answer(exchange, 503, "busy: too many pushes come in at once. Push again in a minute.");
            return;
        }
        exchange.header("Content-Type", "application/x-git-receive-pack-result");
        boolean isInterrupted = false;
        try (permit;
                var wire = new Wire(exchange, desk.limits().idle());
                var repository = open(admitted);
                var incoming = desk.store().receive(admitted.destination().serviceId())) {
            var run = new PushRun(desk, exchange, admitted, incoming, permit);
            receive(new Receiver(incoming, advertised(repository), wire, desk.limits(), run), wire);
            isInterrupted = run.isInterrupted();
        }
        if (isInterrupted) Thread.currentThread().interrupt();
    }

    private static void receive(Receiver receiver, Wire wire) throws IOException {
        try {
            receiver.serve();
        } catch (PackProtocolException e) {
            // The client has been told, in the form of the protocol.
        }
        wire.drain();
    }

    private @Nullable Permit seat() {
        try {
            return Permit.acquire(seats, desk.limits().idle()).orElse(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private @Nullable OpenRepository open(Admitted admitted) throws IOException {
        var service = admitted.destination().serviceId();
        return service.isEmpty() ? null : desk.store().open(service.get()).orElse(null);
    }

    private static SortedMap<String, ObjectId> advertised(@Nullable OpenRepository repository) throws IOException {
        if (repository == null) return Collections.unmodifiableSortedMap(new TreeMap<>());
        return Branches.advertised(repository.branches());
    }
}
