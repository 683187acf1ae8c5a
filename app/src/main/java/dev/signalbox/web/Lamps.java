package dev.signalbox.web;

import dev.signalbox.deploys.Deployment;
import dev.signalbox.deploys.Standing;
import dev.signalbox.deploys.State;
import dev.signalbox.projects.Workload;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
    private static final Lamp GOOD = new Lamp("done", "Good", "ok");

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

    /** How a deployment ended, where that is told after the fact; what serves has a lamp of its own. */
    static Lamp outcome(Deployment deployment) {
        return deployment.state() == State.LIVE ? GOOD : Lamp.of(deployment.state());
    }

    static boolean isDown(Workload workload) {
        return workload.state() == Workload.State.CRASHED || workload.state() == Workload.State.CRASHING;
    }

    /** What a deployment is about: the commit, or what set it off. */
    static String subject(Deployment deployment) {
        var subject = deployment.subject();
        return subject != null && !subject.isBlank() ? subject : cause(deployment);
    }

    private static String cause(Deployment deployment) {
        return switch (deployment.cause()) {
            case PUSH -> "Pushed";
            case API -> "Asked for";
            case REDEPLOY -> "Deployed again";
            case ROLLBACK -> "Went back to release " + release(deployment.release());
            case VARIABLES -> "Variables changed";
            case SCALE -> "Scaled";
        };
    }

    private static String release(@Nullable Long number) {
        return number == null ? "before" : "#" + number;
    }
}
