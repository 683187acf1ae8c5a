package dev.signalbox.routing;

import java.util.List;

/**
 * Where requests of a workload go: the backends of one release.
 *
 * @param sticky whether whoever has asked one of them stays with it, by a cookie; else they take turns
 * @param isAlone whether it must end before another begins: then the proxy keeps no idle connection to it for long, so that
 *     an open one is a request under way
 */
public record Target(long release, List<Backend> backends, boolean sticky, boolean isAlone) {
    public Target {
        if (backends.isEmpty()) throw new IllegalArgumentException("a target without backends");
        backends = List.copyOf(backends);
    }

    /** Backends that take turns. */
    public Target(long release, List<Backend> backends) {
        this(release, backends, false, false);
    }
}
