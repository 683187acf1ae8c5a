package dev.signalbox.web;

import dev.signalbox.deploys.Standing;
import dev.signalbox.projects.Workload;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One lamp for many services: the worst of what serves, and where nothing does, what comes. */
final class Lamps {
    private static final List<Workload.State> WORST_FIRST = List.of(
            Workload.State.CRASHED,
            Workload.State.CRASHING,
            Workload.State.HELD,
            Workload.State.STOPPED,
            Workload.State.LIVE,
            Workload.State.SLEEPING,
            Workload.State.NOT_DEPLOYED);

    private Lamps() {}

    static Lamp of(Collection<Workload> workloads, Map<String, Standing> standings) {
        var worst = WORST_FIRST.stream()
                .filter(state -> workloads.stream().anyMatch(workload -> workload.state() == state))
                .findFirst()
                .orElse(Workload.State.NOT_DEPLOYED);
        if (worst != Workload.State.NOT_DEPLOYED) return Lamp.of(worst);
        return workloads.stream()
                .map(workload -> standings.get(workload.id()))
                .filter(Objects::nonNull)
                .filter(Standing::isUnderWay)
                .map(Standing::newest)
                .filter(Objects::nonNull)
                .map(newest -> Lamp.of(newest.state()))
                .findFirst()
                .orElse(Lamp.of(worst));
    }

    static boolean isDown(Workload workload) {
        return workload.state() == Workload.State.CRASHED || workload.state() == Workload.State.CRASHING;
    }
}
