package dev.signalbox.git;

import dev.signalbox.git.Gate.Answer.Admitted;
import java.io.IOException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** The two requests of a push: what is there, and what is new. */
final class PushEndpoint {
    private final PushDesk desk;

    PushEndpoint(PushDesk desk) {
        this.desk = desk;
    }

    void advertise(GitExchange exchange, Admitted admitted) throws IOException {
        try (var repository = open(admitted)) {
            var branches = advertised(repository);
            exchange.header("Content-Type", "application/x-git-receive-pack-advertisement");
            Advertisement.write(exchange.output(), branches);
        }
    }

    void receive(GitExchange exchange, Admitted admitted) throws IOException {
        exchange.header("Content-Type", "application/x-git-receive-pack-result");
        try (var wire = new Wire(exchange, desk.limits().idle());
                var repository = open(admitted);
                var incoming = desk.store().receive(admitted.destination().serviceId());
                var run = new PushRun(desk, exchange, admitted, incoming)) {
            receive(new Receiver(incoming, advertised(repository), wire, desk.limits(), run), wire);
        }
    }

    private static void receive(Receiver receiver, Wire wire) throws IOException {
        try {
            receiver.serve();
            wire.drain();
        } catch (PackProtocolException e) {
            // The client has been told, in the form of the protocol.
            wire.drain();
        } catch (IOException e) {
            // When the client is gone there is nobody to tell.
            if (!wire.isLost()) throw e;
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
