package dev.signalbox.engine;

import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network.Ipam;
import dev.signalbox.engine.EngineException.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** The bridges: one for each environment, on a subnet chosen by us. */
final class Networks {
    /** Whoever else makes networks on this host may be quicker; more than a few such races in a row is something else. */
    private static final int ATTEMPTS = 8;

    private final DockerConnection connection;
    private final Ownership ownership;
    private final Subnets subnets;
    private final ReentrantLock making = new ReentrantLock();

    Networks(DockerConnection connection, Ownership ownership, Subnets subnets) {
        this.connection = connection;
        this.ownership = ownership;
        this.subnets = subnets;
    }

    Network ensure(String name, Map<String, String> labels) {
        making.lock();
        try {
            var found = find(name);
            return found.isPresent() ? requireOurs(found.get()) : make(name, labels);
        } finally {
            making.unlock();
        }
    }

    private Network make(String name, Map<String, String> labels) {
        var candidates = subnets.candidates(name, taken()).limit(ATTEMPTS).iterator();
        EngineException refusal = null;
        while (candidates.hasNext()) {
            var subnet = candidates.next();
            try {
                return create(name, subnet, ownership.mark(labels));
            } catch (EngineException e) {
                if (e.kind() != Kind.CONFLICT) throw e;
                refusal = e;
                var rival = find(name);
                if (rival.isPresent()) return requireOurs(rival.get());
            }
        }
        throw new EngineException(
                Kind.REFUSED,
                "No subnet of %s is free for the network %s. Remove networks that nobody uses, then try again."
                        .formatted(Subnets.RANGE, name),
                refusal);
    }

    private Network create(String name, Subnet subnet, Map<String, String> labels) {
        connection.change(
                "create the network " + name,
                session -> session.docker()
                        .createNetworkCmd()
                        .withName(name)
                        .withDriver("bridge")
                        .withCheckDuplicate(true)
                        .withIpam(new Ipam()
                                .withConfig(new Ipam.Config()
                                        .withSubnet(subnet.toString())
                                        .withGateway(subnet.address(1))))
                        .withOptions(Map.of("com.docker.network.bridge.name", bridge(name)))
                        .withLabels(labels)
                        .exec());
        return new Network(name, subnet.toString(), labels);
    }

    /** The interface on the host. The firewall knows ours by how their names begin; the kernel allows 15 characters. */
    static String bridge(String network) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(network.getBytes(StandardCharsets.UTF_8));
            return "sbx-" + HexFormat.of().formatHex(hash, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Subnet> taken() {
        return Stream.concat(HostRoutes.read().stream(), ofDocker().stream()).toList();
    }

    private List<Subnet> ofDocker() {
        return connection.ask(
                "list networks",
                session -> session.docker().listNetworksCmd().exec().stream()
                        .flatMap(network -> subnetsOf(network).stream())
                        .toList());
    }

    List<Network> list(Map<String, String> labels) {
        var filter = ownership.mark(labels).entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .toList();
        return connection.ask(
                "list networks",
                session -> session.docker().listNetworksCmd().withFilter("label", filter).exec().stream()
                        .map(Networks::view)
                        .toList());
    }

    Optional<Network> find(String name) {
        return connection.ask("look at the network " + name, session -> {
            try {
                var found =
                        session.docker().inspectNetworkCmd().withNetworkId(name).exec();
                // Docker also finds by the beginning of an id.
                return Optional.of(found)
                        .filter(network -> network.getName().equals(name))
                        .map(Networks::view);
            } catch (NotFoundException e) {
                return Optional.empty();
            }
        });
    }

    void remove(String name) {
        var network = find(name);
        if (network.isEmpty()) return;
        requireOurs(network.get());
        connection.change("remove the network " + name, session -> {
            try {
                session.docker().removeNetworkCmd(name).exec();
            } catch (NotFoundException e) {
                // It is gone.
            }
        });
        Subnet.parse(network.get().subnet()).ifPresent(subnets::release);
    }

    private Network requireOurs(Network network) {
        if (ownership.covers(network.labels())) return network;
        throw new EngineException(
                Kind.CONFLICT,
                "There is a network %s that Signalbox did not make. Remove or rename it, then try again."
                        .formatted(network.name()),
                null);
    }

    private static Network view(com.github.dockerjava.api.model.Network found) {
        var subnet = subnetsOf(found).stream().map(Subnet::toString).findFirst().orElse("");
        var labels = found.getLabels();
        return new Network(found.getName(), subnet, labels == null ? Map.of() : Map.copyOf(labels));
    }

    private static List<Subnet> subnetsOf(com.github.dockerjava.api.model.Network network) {
        var ipam = network.getIpam();
        if (ipam == null || ipam.getConfig() == null) return List.of();
        return ipam.getConfig().stream()
                .map(Ipam.Config::getSubnet)
                .filter(Objects::nonNull)
                .flatMap(cidr -> Subnet.parse(cidr).stream())
                .toList();
    }
}
