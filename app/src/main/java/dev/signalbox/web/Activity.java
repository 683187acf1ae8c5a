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
                Lamp.of(deployment.state()),
                workload.service().name() + " #" + deployment.number() + " " + what(deployment),
                Paths.deployment(workload, deployment.number()),
                Lamps.subject(deployment) + " · " + deployment.actor(),
                Moment.of(Objects.requireNonNullElse(deployment.finishedAt(), deployment.queuedAt()), clock));
    }

    private String what(Deployment deployment) {
        return switch (deployment.state()) {
            case QUEUED -> "waits for its turn";
            case BUILDING -> "is being built";
            case RELEASING -> "runs its release command";
            case STARTING -> "is starting";
            case CHECKING -> "is being checked";
            case APPROVING -> "waits for approval";
            case ROUTING, SHIFTING -> "is taking over the requests";
            case SETTLING -> "serves and is watched";
            case LIVE -> "went live";
            case FAILED -> "failed" + keepsRunning(deployment);
            case CANCELLED -> "was cancelled" + keepsRunning(deployment);
            case SUPERSEDED ->
                "was passed over" + (deployment.supersededBy() == null ? "" : " by #" + deployment.supersededBy());
            case SKIPPED -> "was skipped: nothing watched changed";
        };
    }

    private String keepsRunning(Deployment deployment) {
        var serving =
                Objects.requireNonNull(standings.get(deployment.workloadId())).serving();
        return serving == null || serving.number() > deployment.number()
                ? ""
                : "; #" + serving.number() + " keeps running";
    }
}
