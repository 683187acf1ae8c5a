package dev.signalbox.web;

import dev.signalbox.deploys.Crash;
import dev.signalbox.deploys.Deployment;
import dev.signalbox.deploys.Deploys;
import dev.signalbox.logs.ContainerLine;
import dev.signalbox.logs.Logs;
import dev.signalbox.projects.Workload;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Gathers what is known of a release that serves and does not stay up. */
final class CrashCards {
    static final int LAST_LINES = 50;
    /** One that has stood for so long stands. */
    private static final Duration FORGIVEN_AFTER = Duration.ofMinutes(10);

    private final Deploys deploys;
    private final Logs logs;
    private final DeploymentRows rows;
    private final Clock clock;

    CrashCards(Features features, Clock clock) {
        this.deploys = features.deploys();
        this.logs = features.logs();
        this.rows = new DeploymentRows(features.deploys(), clock);
        this.clock = clock;
    }

    /** The ends within the last hour, the newest first. */
    List<Crash> lately(String deploymentId) {
        var begin = clock.instant().minus(CrashCard.HOUR);
        return deploys.crashes().of(deploymentId).stream()
                .filter(crash -> crash.at().isAfter(begin))
                .toList();
    }

    List<ContainerLine> lastLines(Workload workload) {
        return logs.tail(workload.id(), LAST_LINES);
    }

    /** Empty when it stands. */
    Optional<CrashCard> of(Workload workload, Deployment serving, boolean mayDeploy) {
        var crashes = lately(serving.id());
        if (crashes.isEmpty()) return Optional.empty();
        var newest = crashes.getFirst();
        var isFalling = workload.state() == Workload.State.CRASHING || workload.state() == Workload.State.CRASHED;
        if (!isFalling && newest.at().isBefore(clock.instant().minus(FORGIVEN_AFTER))) return Optional.empty();
        var facts = DeploymentFacts.of(workload, serving, deploys);
        var before = facts.before();
        return Optional.of(new CrashCard(
                Lamp.of(isFalling ? workload.state() : Workload.State.CRASHING),
                newest.sentence(),
                isFalling
                        ? "It keeps ending, and is started again after longer and longer pauses, 5 min at most."
                        : "It was started again at once.",
                CrashCard.curve(crashes, clock),
                CrashCard.bars(crashes, clock),
                lastLines(workload).stream().map(AppLine::of).toList(),
                ChangeList.of(facts, facts.changes(deploys)),
                before == null || !mayDeploy
                        ? null
                        : rows.back(workload, before).orElse(null),
                before == null ? null : before.number(),
                Paths.workload(workload)));
    }
}
