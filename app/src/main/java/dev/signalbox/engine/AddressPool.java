package dev.signalbox.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The addresses of one bridge. Each goes round: reserved, used by a container, resting, free. They are given out upwards
 * and round, so that one that was freed just before our own start is not the next.
 */
final class AddressPool {
    private static final int GATEWAY = 1;

    private final Subnet subnet;
    private final Duration rest;
    private final Set<Integer> reserved = new HashSet<>();
    private final Map<Integer, Instant> resting = new HashMap<>();
    private Set<Integer> used = new HashSet<>();
    private int last;

    AddressPool(Subnet subnet, Duration rest) {
        this.subnet = subnet;
        this.rest = rest;
    }

    Subnet subnet() {
        return subnet;
    }

    /** Reserves one; {@code inUse} are the addresses that containers of any state have at this moment. */
    Optional<Integer> take(Set<Integer> inUse, Instant now) {
        observe(inUse, now);
        if (last == 0) last = highest(inUse);
        int places = subnet.size() - 1 - GATEWAY - 1;
        for (int step = 0; step < places; step++) {
            int offset = GATEWAY + 1 + (last - GATEWAY + step) % places;
            int address = subnet.base() + offset;
            if (reserved.contains(address) || used.contains(address) || resting.containsKey(address)) continue;
            last = offset;
            reserved.add(address);
            return Optional.of(address);
        }
        return Optional.empty();
    }

    /** What had an address when last looked at and has none now, rests from now on. */
    private void observe(Set<Integer> inUse, Instant now) {
        resting.values().removeIf(until -> !until.isAfter(now));
        for (int address : used) {
            if (!inUse.contains(address)) resting.put(address, now.plus(rest));
        }
        reserved.removeAll(inUse);
        used = new HashSet<>(inUse);
    }

    private int highest(Set<Integer> inUse) {
        return inUse.stream().mapToInt(address -> address - subnet.base()).reduce(GATEWAY, Math::max);
    }

    /** A container was made with it. */
    void use(int address) {
        if (reserved.remove(address)) used.add(address);
    }

    void release(int address, Instant now) {
        if (reserved.remove(address)) resting.put(address, now.plus(rest));
    }
}
