package dev.signalbox.engine;

import com.github.dockerjava.api.model.ContainerNetwork;
import dev.signalbox.engine.EngineException.Kind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives every container an address of its own, so that a route never reaches another tenant: Docker would hand a freed
 * address to the next container at once.
 */
final class Addresses {
    static final Duration REST = Duration.ofSeconds(60);

    private final DockerConnection connection;
    private final Networks networks;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, AddressPool> pools = new HashMap<>();

    Addresses(DockerConnection connection, Networks networks, InstantSource clock) {
        this.connection = connection;
        this.networks = networks;
        this.clock = clock;
    }

    /** The network is there, on this subnet, which may be another than before when somebody removed it meanwhile. */
    void know(Network network) {
        lock.lock();
        try {
            var subnet = Subnet.parse(network.subnet()).orElseThrow(() -> noSubnet(network.name()));
            var pool = pools.get(network.name());
            if (pool == null || !pool.subnet().equals(subnet)) pools.put(network.name(), new AddressPool(subnet, REST));
        } finally {
            lock.unlock();
        }
    }

    void forget(String network) {
        lock.lock();
        try {
            pools.remove(network);
        } finally {
            lock.unlock();
        }
    }

    Address reserve(String network) {
        lock.lock();
        try {
            if (!pools.containsKey(network)) know(networks.find(network).orElseThrow(() -> noNetwork(network)));
            var pool = Objects.requireNonNull(pools.get(network));
            var address =
                    pool.take(inUse(network, pool.subnet()), clock.instant()).orElseThrow(() -> full(network));
            return new Address(network, Subnet.text(address));
        } finally {
            lock.unlock();
        }
    }

    /** The container's own address from now on; when the container has gone, it rests. */
    void use(Address address) {
        lock.lock();
        try {
            var pool = pools.get(address.network());
            if (pool != null) pool.use(Subnet.number(address.ip()));
        } finally {
            lock.unlock();
        }
    }

    void release(Address address) {
        lock.lock();
        try {
            var pool = pools.get(address.network());
            if (pool != null) pool.release(Subnet.number(address.ip()), clock.instant());
        } finally {
            lock.unlock();
        }
    }

    /** Also those of containers that do not run: they get theirs again when they are started. */
    private Set<Integer> inUse(String network, Subnet subnet) {
        return connection.ask(
                "list the containers on " + network,
                session ->
                        session
                                .docker()
                                .listContainersCmd()
                                .withShowAll(true)
                                .withNetworkFilter(Set.of(network))
                                .exec()
                                .stream()
                                .flatMap(container -> on(network, container).stream())
                                .map(Subnet::number)
                                .filter(subnet::contains)
                                .collect(Collectors.toSet()));
    }

    private static Optional<String> on(String network, com.github.dockerjava.api.model.Container container) {
        return Optional.ofNullable(container.getNetworkSettings())
                .map(settings -> settings.getNetworks().get(network))
                .map(Addresses::of);
    }

    /** The address a container was given on a network, or has there by Docker's choice. */
    static @Nullable String of(ContainerNetwork network) {
        var given =
                network.getIpamConfig() == null ? null : network.getIpamConfig().getIpv4Address();
        var current = given == null || given.isEmpty() ? network.getIpAddress() : given;
        return current == null || current.isEmpty() ? null : current;
    }

    private static EngineException noNetwork(String network) {
        return new EngineException(Kind.NOT_FOUND, "There is no network " + network + ".", null);
    }

    private static EngineException noSubnet(String network) {
        return new EngineException(Kind.REFUSED, "The network " + network + " has no IPv4 subnet.", null);
    }

    private static EngineException full(String network) {
        return new EngineException(
                Kind.REFUSED,
                "No address is free on the network %s. Remove containers from it, then try again a minute later."
                        .formatted(network),
                null);
    }
}
