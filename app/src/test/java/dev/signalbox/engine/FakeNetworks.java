package dev.signalbox.engine;

import dev.signalbox.engine.Container.State;
import dev.signalbox.engine.EngineException.Kind;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The networks of a {@link FakeEngine}, whose lock guards them. Subnets and addresses are chosen by the real code. */
final class FakeNetworks {
    private final InstantSource clock;
    private final Subnets subnets;
    private final Map<String, Network> networks = new LinkedHashMap<>();
    private final Map<String, AddressPool> pools = new LinkedHashMap<>();

    FakeNetworks(InstantSource clock) {
        this.clock = clock;
        this.subnets = new Subnets(clock);
    }

    Network ensure(String name, Map<String, String> labels) {
        return networks.computeIfAbsent(name, absent -> {
            var taken = pools.values().stream().map(AddressPool::subnet).toList();
            var subnet = subnets.candidates(name, taken).findFirst().orElseThrow();
            pools.put(name, new AddressPool(subnet, Addresses.REST));
            return new Network(name, subnet.toString(), labels);
        });
    }

    List<Network> list(Map<String, String> labels) {
        return networks.values().stream()
                .filter(network -> network.labels().entrySet().containsAll(labels.entrySet()))
                .toList();
    }

    Optional<Network> remove(String name, List<FakeContainer> containers) {
        if (containers.stream().anyMatch(container -> container.isOn(name) && container.state == State.RUNNING))
            throw new EngineException(Kind.CONFLICT, "Containers are still on the network " + name + ".", null);
        Optional.ofNullable(pools.remove(name)).ifPresent(pool -> subnets.release(pool.subnet()));
        return Optional.ofNullable(networks.remove(name));
    }

    Address reserve(String network, List<FakeContainer> containers) {
        var inUse = containers.stream()
                .filter(container -> container.isOn(network))
                .map(container -> Subnet.number(container.address().ip()))
                .collect(Collectors.toSet());
        var address = pool(network)
                .take(inUse, clock.instant())
                .orElseThrow(() ->
                        new EngineException(Kind.REFUSED, "No address is free on the network " + network + ".", null));
        return new Address(network, Subnet.text(address));
    }

    Address use(Address address) {
        pool(address.network()).use(Subnet.number(address.ip()));
        return address;
    }

    Address release(Address address) {
        pool(address.network()).release(Subnet.number(address.ip()), clock.instant());
        return address;
    }

    private AddressPool pool(String network) {
        return Optional.ofNullable(pools.get(network))
                .orElseThrow(() -> new EngineException(Kind.NOT_FOUND, "There is no network " + network + ".", null));
    }
}
