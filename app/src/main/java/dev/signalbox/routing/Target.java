package dev.signalbox.routing;

import java.util.List;

/** Where requests of a workload go: the backends of one release. */
public record Target(long release, List<Backend> backends) {
    public Target {
        if (backends.isEmpty()) throw new IllegalArgumentException("a target without backends");
        backends = List.copyOf(backends);
    }
}
