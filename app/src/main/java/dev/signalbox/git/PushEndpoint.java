package dev.signalbox.git;

import dev.signalbox.git.Gate.Answer.Admitted;
import java.io.IOException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two requests of a push: what is there, and what is new. */
final class PushEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(PushEndpoint.class);

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

    private static void receive(Receiver receiver, Wire wire) {
        try {
            speak(receiver);
            wire.drain();
        } catch (IOException e) {
            // The answer has begun, so it just ends here. Most often the client is gone, or speaks no git.
            if (!wire.isLost()) LOG.info("A push ended early: {}", e.toString());
        }
    }

    private static void speak(Receiver receiver) throws IOException {
        try {
            receiver.serve();
        } catch (PackProtocolException e) {
            LOG.debug("A push was refused for its commands, and the client told so.", e);
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
