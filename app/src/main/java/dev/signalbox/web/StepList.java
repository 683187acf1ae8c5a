package dev.signalbox.web;

import dev.signalbox.deploys.DeploySettings;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a deployment, how long they took, and what becomes of the one before.
 *
 * @param ticking goes on while it is under way
 * @param score what the switch cost; null while that is not known
 */
record StepList(
        List<StepRow> rows,
        @Nullable Ticking ticking,
        String took,
        @Nullable SwitchLine score,
        @Nullable String footer) {
    static StepList of(DeploymentFacts facts, DeploySettings settings, Clock clock) {
        var now = clock.instant();
        var last = facts.before() == null || facts.before().startedAt() == null
                ? ""
                : ", " + Moment.round(DeploymentFacts.took(facts.before(), now)) + " last time";
        return new StepList(
                Story.of(facts, settings, clock),
                facts.isOver() ? null : Ticking.since(facts.deployment().queuedAt(), "so far", clock),
                !facts.isOver() ? last : facts.deployment().startedAt() == null ? "" : Moment.round(facts.took(now)),
                facts.score() == null ? null : SwitchLine.of(facts.score()),
                footer(facts));
    }

    private static @Nullable String footer(DeploymentFacts facts) {
        var mine = "#" + facts.number();
        if (facts.isOver()) {
            if (!facts.isLive() || facts.before() == null) return null;
            return facts.isDraining()
                    ? "New requests go to " + mine + "; #" + facts.before().number() + " ends its last ones."
                    : null;
        }
        if (facts.before() == null) return "If a check fails, nothing serves, as before.";
        var old = "#" + facts.before().number();
        if (facts.isHeld()) {
            return facts.hasCrossed()
                    ? "If it does not stay well, requests wait until " + old + " runs again."
                    : "If a check fails, " + old + " is started again and gets the requests that wait.";
        }
        return facts.hasCrossed()
                ? "If it does not stay well, requests go back to " + old + " at once."
                : "If a check fails, nothing changes: " + old + " goes on.";
    }
}
