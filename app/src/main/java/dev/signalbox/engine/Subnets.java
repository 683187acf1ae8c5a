package dev.signalbox.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Chooses a subnet for each bridge: around everything that this host uses already, and not one that was given up a minute
 * ago, since a request on its way could reach its next owner.
 */
final class Subnets {
    static final Subnet RANGE = new Subnet(Subnet.number("10.208.0.0"), 12);
    static final Duration REST = Duration.ofSeconds(60);

    private static final int PREFIX = 24;
    private static final int COUNT = 1 << (PREFIX - RANGE.prefix());

    private final InstantSource clock;
    private final Map<Subnet, Instant> resting = new HashMap<>();

    Subnets(InstantSource clock) {
        this.clock = clock;
    }

    synchronized void release(Subnet subnet) {
        resting.put(subnet, clock.instant().plus(REST));
    }

    /**
     * All that are free, in the order in which to try them. It begins at a place of the network's own, so that a network
     * made again tends to get its old subnet, and two programs on one host seldom want the same.
     */
    synchronized Stream<Subnet> candidates(String network, Collection<Subnet> taken) {
        var now = clock.instant();
        resting.values().removeIf(until -> !until.isAfter(now));
        List<Subnet> avoided = new ArrayList<>(taken);
        avoided.addAll(resting.keySet());
        int start = Math.floorMod(network.hashCode() * 0x9E3779B1, COUNT);
        return IntStream.range(0, COUNT)
                .mapToObj(step -> nth((start + step) % COUNT))
                .filter(candidate -> avoided.stream().noneMatch(candidate::overlaps));
    }

    private static Subnet nth(int index) {
        return new Subnet(RANGE.base() + (index << (32 - PREFIX)), PREFIX);
    }
}
