package dev.signalbox.web;

import dev.signalbox.deploys.Deployment;
import dev.signalbox.deploys.Deploys;
import dev.signalbox.deploys.Release;
import dev.signalbox.deploys.State;
import dev.signalbox.projects.Workload;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Deployments as lines of a table, and to which of them one can go back. */
final class DeploymentRows {
    private final Deploys deploys;
    private final Clock clock;

    DeploymentRows(Deploys deploys, Clock clock) {
        this.deploys = deploys;
        this.clock = clock;
    }

    /**
     * One line.
     *
     * @param commit the beginning of its id; null when it came from none
     * @param origin where and by whom, after the commit
     * @param ticking goes on while it is under way
     * @param back how to go back to it; null where that is not to be had
     */
    record Row(
            long number,
            String path,
            Lamp lamp,
            String subject,
            @Nullable String commit,
            String origin,
            @Nullable String took,
            @Nullable Ticking ticking,
            Moment when,
            @Nullable String open,
            @Nullable Back back) {}

    /**
     * How to go back to a release.
     *
     * @param ask the page that says what to think of first; null when there is nothing
     */
    record Back(long release, @Nullable String ask) {}

    /** The lines of these deployments of one workload, with ways back for who may deploy. */
    List<Row> of(Workload workload, List<Deployment> deployments, boolean mayDeploy) {
        var serving = deploys.serving(workload).orElse(null);
        var ways = mayDeploy ? ways(workload, deployments, serving) : Map.<Long, Back>of();
        return deployments.stream()
                .map(deployment -> row(workload, deployment, serving, ways.get(deployment.number())))
                .toList();
    }

    /** How to go back to the release of this deployment, if that is good and its image is there. */
    Optional<Back> back(Workload workload, Deployment deployment) {
        var serving = deploys.serving(workload).orElse(null);
        return Optional.ofNullable(ways(workload, List.of(deployment), serving).get(deployment.number()));
    }

    private Map<Long, Back> ways(Workload workload, List<Deployment> deployments, @Nullable Deployment serving) {
        var releases =
                deploys.releases(workload).stream().collect(Collectors.toMap(Release::number, Function.identity()));
        var present = new HashMap<String, Boolean>();
        var ways = new HashMap<Long, Back>();
        for (var deployment : deployments) {
            var release = deployment.state() == State.LIVE ? releases.get(deployment.release()) : null;
            if (release == null || !release.good() || isServing(release, serving)) continue;
            if (!present.computeIfAbsent(release.imageLabel(), label -> isThere(release))) continue;
            ways.put(deployment.number(), new Back(release.number(), ask(workload, deployment, release, releases)));
        }
        return ways;
    }

    private boolean isThere(Release release) {
        return deploys.canRun(release);
    }

    private static boolean isServing(Release release, @Nullable Deployment serving) {
        return serving != null && serving.release() != null && serving.release() == release.number();
    }

    private static @Nullable String ask(
            Workload workload, Deployment deployment, Release release, Map<Long, Release> releases) {
        return prepared(release, releases.values().stream().toList()).isEmpty()
                ? null
                : Paths.deployment(workload, deployment.number()) + "/back";
    }

    /** The releases since this one whose command changed what going back does not change back. */
    static List<Release> prepared(Release release, List<Release> releases) {
        return releases.stream()
                .filter(later -> later.number() > release.number())
                .filter(later -> later.preparation().isPresent())
                .toList();
    }

    private Row row(Workload workload, Deployment deployment, @Nullable Deployment serving, @Nullable Back back) {
        var path = Paths.deployment(workload, deployment.number());
        var isOver = deployment.finishedAt() != null;
        return new Row(
                deployment.number(),
                path,
                Lamp.of(deployment, serving),
                DeploymentWords.subject(deployment),
                DeploymentWords.commit(deployment),
                origin(deployment),
                isOver && deployment.startedAt() != null
                        ? Moment.round(DeploymentFacts.took(deployment, clock.instant()))
                        : null,
                isOver ? null : Ticking.since(deployment.queuedAt(), "so far", clock),
                Moment.of(deployment.queuedAt(), clock),
                !isOver ? "Watch" : deployment.state() == State.FAILED ? "Why" : null,
                back);
    }

    private static String origin(Deployment deployment) {
        var branch = DeploymentWords.branch(deployment);
        return (branch == null ? "" : branch + " \u00b7 ") + deployment.actor();
    }
}
