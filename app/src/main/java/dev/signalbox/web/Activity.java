package dev.signalbox.web;

import dev.signalbox.deploys.Deployment;
import dev.signalbox.deploys.Standing;
import dev.signalbox.projects.Workload;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What has happened lately, in sentences. */
final class Activity {
    private final Map<String, Workload> workloads;
    private final Map<String, Standing> standings;
    private final Clock clock;

    Activity(List<Workload> workloads, Map<String, Standing> standings, Clock clock) {
        this.workloads = workloads.stream().collect(Collectors.toMap(Workload::id, Function.identity()));
        this.standings = standings;
        this.clock = clock;
    }

    record Line(Lamp lamp, String sentence, String path, String about, Moment when) {}

    List<Line> lines(List<Deployment> deployments) {
        return deployments.stream().map(this::line).toList();
    }

    private Line line(Deployment deployment) {
        var workload = Objects.requireNonNull(workloads.get(deployment.workloadId()));
        return new Line(
                Lamp.of(deployment, serving(deployment)),
                workload.service().name() + " #" + deployment.number() + " " + what(deployment),
                Paths.deployment(workload, deployment.number()),
                DeploymentWords.subject(deployment) + " · " + deployment.actor(),
                Moment.of(Objects.requireNonNullElse(deployment.finishedAt(), deployment.queuedAt()), clock));
    }

    private String what(Deployment deployment) {
        var doing = DeploymentWords.doing(deployment.state());
        return switch (deployment.state()) {
            case FAILED, CANCELLED -> doing + keepsRunning(deployment);
            case SUPERSEDED -> doing + (deployment.supersededBy() == null ? "" : " by #" + deployment.supersededBy());
            default -> doing;
        };
    }

    private String keepsRunning(Deployment deployment) {
        var serving = serving(deployment);
        return serving == null || serving.number() > deployment.number()
                ? ""
                : "; #" + serving.number() + " keeps running";
    }

    private @Nullable Deployment serving(Deployment deployment) {
        return Objects.requireNonNull(standings.get(deployment.workloadId())).serving();
    }
}
