package dev.signalbox.web;

import dev.signalbox.deploys.Deployment;
import dev.signalbox.deploys.Standing;
import dev.signalbox.projects.Service;
import dev.signalbox.projects.Workload;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A service on the page of its project: what serves, and what tries to.
 *
 * @param serves null while nothing does
 * @param attempt what is newer than that and has not become live; null when there is nothing of the kind
 * @param push the command that deploys it here for the first time; null when it was
 */
record ServiceCard(
        String icon,
        String name,
        String path,
        Lamp lamp,
        List<Address> addresses,
        String noAddress,
        @Nullable Serves serves,
        @Nullable Attempt attempt,
        @Nullable String push) {
    record Serves(String plate, String path, String subject, Moment when) {}

    /** @param hops the steps of its way, when it is on it */
    record Attempt(String plate, String path, Lamp lamp, String words, Moment when, List<Hop> hops) {}

    static ServiceCard of(Workload workload, Standing standing, List<String> urls, Clock clock) {
        var serving = standing.serving();
        var attempt = standing.attempt();
        var isRouted = serving == null || standing.isRouted();
        return new ServiceCard(
                icon(workload.service(), isRouted),
                workload.service().name().value(),
                Paths.workload(workload),
                Lamp.of(workload.state()),
                isRouted ? urls.stream().map(Address::of).toList() : List.of(),
                serving != null && !isRouted ? "No address: it has no process named web" : "",
                serving == null ? null : serves(workload, serving, clock),
                attempt == null ? null : attempt(workload, attempt, clock),
                serving == null && attempt == null ? GitCommands.push(workload.environment()) : null);
    }

    private static String icon(Service service, boolean isRouted) {
        return switch (service.kind()) {
            case APP -> isRouted ? "app" : "worker";
            case DATABASE -> "db";
        };
    }

    private static Serves serves(Workload workload, Deployment serving, Clock clock) {
        return new Serves(
                "#" + serving.number(),
                Paths.deployment(workload, serving.number()),
                DeploymentWords.subject(serving),
                Moment.of(Objects.requireNonNullElse(serving.finishedAt(), serving.queuedAt()), clock));
    }

    private static Attempt attempt(Workload workload, Deployment attempt, Clock clock) {
        var ended = attempt.finishedAt() != null;
        return new Attempt(
                "#" + attempt.number(),
                Paths.deployment(workload, attempt.number()),
                Lamp.of(attempt.state()),
                Objects.requireNonNullElse(attempt.reason(), DeploymentWords.subject(attempt)),
                Moment.of(Objects.requireNonNullElse(attempt.finishedAt(), attempt.queuedAt()), clock),
                ended ? List.of() : Hop.upTo(attempt.state()));
    }
}
