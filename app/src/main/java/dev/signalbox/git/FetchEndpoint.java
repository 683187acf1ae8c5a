package dev.signalbox.git;

import dev.signalbox.git.Gate.Answer.Admitted;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The requests of a clone or a fetch, in the versions 0 and 2 of git's protocol. */
final class FetchEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(FetchEndpoint.class);

    /** Each has what it sends in memory; pushes and builds need some too. */
    private static final int MOST = 8;

    private final RepositoryStore store;
    private final GitLimits limits;
    private final Semaphore seats = new Semaphore(MOST, true);

    FetchEndpoint(RepositoryStore store, GitLimits limits) {
        this.store = store;
        this.limits = limits;
    }

    void advertise(GitExchange exchange, Admitted admitted) throws IOException {
        try (var repository = open(admitted);
                var upload = uploadPack(repository, exchange)) {
            exchange.header("Content-Type", "application/x-git-upload-pack-advertisement");
            var packets = new PacketLineOut(exchange.output());
            upload.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(packets), "git-upload-pack");
        }
    }

    void upload(GitExchange exchange, Admitted admitted) throws IOException {
        exchange.header("Content-Type", "application/x-git-upload-pack-result");
        try (var seat = Permit.acquire(seats, 1, limits.idle().dividedBy(4)).orElse(null)) {
            if (seat == null) tellBusy(exchange);
            else answer(exchange, admitted);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            tellBusy(exchange);
        }
    }

    /** In the protocol's own way: of an HTTP error git shows nothing but its number here. */
    private static void tellBusy(GitExchange exchange) throws IOException {
        var packets = new PacketLineOut(exchange.output());
        packets.writeString(
                "ERR busy: " + MOST + " others are fetching, which is all the memory allows. Try again in a minute.");
    }

    private void answer(GitExchange exchange, Admitted admitted) throws IOException {
        try (var repository = open(admitted);
                var upload = uploadPack(repository, exchange);
                var wire = new Wire(exchange, limits.idle())) {
            upload(upload, wire);
        }
    }

    private static void upload(UploadPack upload, Wire wire) {
        try {
            upload.upload(wire.in(), wire.out(), null);
            wire.drain();
        } catch (IOException e) {
            // The answer has begun, so it just ends here. Most often the client is gone, or speaks no git.
            if (!wire.isLost()) LOG.info("A fetch ended early: {}", e.toString());
        }
    }

    /** A service that nothing was pushed to has an empty repository. */
    private OpenRepository open(Admitted admitted) throws IOException {
        var service = admitted.destination().serviceId().orElseThrow();
        store.createIfMissing(service);
        return store.open(service).orElseThrow();
    }

    private static UploadPack uploadPack(OpenRepository repository, GitExchange exchange) {
        var upload = new UploadPack(repository.files());
        upload.setBiDirectionalPipe(false);
        upload.setPackConfig(JGitSettings.sending());
        upload.setExtraParameters(protocol(exchange));
        return upload;
    }

    private static List<String> protocol(GitExchange exchange) {
        return exchange.header("Git-Protocol")
                .map(parameters -> Arrays.asList(parameters.split(":", -1)))
                .orElse(List.of());
    }
}
