package dev.signalbox.web;

import dev.signalbox.deploys.DeploySettings;
import dev.signalbox.deploys.State;
import dev.signalbox.deploys.Step;
import dev.signalbox.projects.Workload;
import dev.signalbox.web.Track.Stage;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells a deployment step by step: what is done, what goes on, what is to come, and which release serves meanwhile. */
final class Story {
    private static final Lamp WAITING = new Lamp("queued", "", "idle");
    private static final Lamp DRAINING = new Lamp("draining", "", "now");
    private static final Lamp SKIPPED = new Lamp("skip", "", "idle");

    private final DeploymentFacts facts;
    private final StepWords words;
    private final DeploySettings settings;
    private final Clock clock;
    private final boolean alone;
    private final List<StepRow> rows = new ArrayList<>();

    private Story(DeploymentFacts facts, DeploySettings settings, Clock clock) {
        this.facts = facts;
        this.words = new StepWords(facts);
        this.settings = settings;
        this.clock = clock;
        this.alone = facts.isFirst();
    }

    /** The steps of a deployment in the order in which they are taken. */
    enum Part {
        BUILDING("Build", "Building", "Built"),
        RELEASING("Release command", "Release command", "Release command"),
        HOLDING("Hold", "Holding", "Held"),
        STARTING("Start", "Starting", "Started"),
        CHECKING("Check", "Checking", "Checked"),
        ROUTING("Route", "Routing", "Routed"),
        SETTLING("Settle", "Settling", "Settled");

        private final String todo;
        private final String now;
        private final String done;

        Part(String todo, String now, String done) {
            this.todo = todo;
            this.now = now;
            this.done = done;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static List<StepRow> of(DeploymentFacts facts, DeploySettings settings, Clock clock) {
        var story = new Story(facts, settings, clock);
        story.begin();
        story.queue();
        for (var part : Part.values()) story.tell(part);
        if (story.hasStopped()) story.remain();
        else story.end();
        return List.copyOf(story.rows);
    }

    private void begin() {
        var plates = new ArrayList<String>();
        if (facts.before() != null) plates.add(Long.toString(facts.before().number()));
        plates.add(Long.toString(facts.number()));
        rows.add(StepRow.of("", Track.begin(alone), null, false, "Lines")
                .saying(words.beginning())
                .under(plates));
    }

    private void queue() {
        var deployment = facts.deployment();
        if (deployment.state() == State.QUEUED) {
            rows.add(StepRow.of("now", Track.before(alone, Stage.NOW), WAITING, alone, "Queued")
                    .since(Ticking.since(deployment.queuedAt(), "so far", clock))
                    .saying("It runs when its turn comes"));
            return;
        }
        var end = deployment.startedAt() != null ? deployment.startedAt() : deployment.finishedAt();
        rows.add(done(Track.before(alone, Stage.DONE), alone, "Queued")
                .taking(end == null ? null : Moment.span(Duration.between(deployment.queuedAt(), end))));
    }

    private void tell(Part part) {
        var step = last(part);
        if (step == null) tellWithout(part);
        else if (step.state().equals("running")) now(part, step);
        else if (step.state().equals("done")) done(part, step);
        else if (hasStopped()) stopped(part, step);
        // What a restart cut off is taken again.
        else todo(part);
    }

    private void tellWithout(Part part) {
        if (hasStopped() || (part == Part.HOLDING && !facts.isHeld())) return;
        if (part != Part.RELEASING || mayPrepare()) todo(part);
        else if (facts.isLive() || last(Part.STARTING) != null) {
            rows.add(StepRow.of("done", Track.before(alone, Stage.DONE), SKIPPED, alone, part.done)
                    .saying("None"));
        }
    }

    private boolean mayPrepare() {
        var known = facts.release() != null ? facts.release() : facts.releaseBefore();
        return known != null && known.preparation().isPresent();
    }

    private void todo(Part part) {
        rows.add(StepRow.of("todo", track(part, Stage.TODO), Lamp.TO_DO, isLeft(part), part.todo)
                .taking(part == Part.SETTLING ? Moment.round(settings.settle()) : null)
                .saying(words.todo(part)));
    }

    private void now(Part part, Step step) {
        var isLimited = part == Part.CHECKING && facts.isRouted();
        var limit = isLimited ? "of " + Moment.round(settings.healthLimit()) : "so far";
        var lamp = Lamp.of(facts.deployment().state());
        if (part == Part.HOLDING) lamp = Lamp.of(Workload.State.HELD);
        rows.add(StepRow.of("now", track(part, Stage.NOW), lamp, isLeft(part), part.now)
                .since(Ticking.since(step.startedAt(), limit, clock))
                .running(words.command(part))
                .saying(step.detail() != null ? step.detail() : words.now(part)));
    }

    private void done(Part part, Step step) {
        rows.add(done(track(part, Stage.DONE), isLeft(part), part.done)
                .taking(span(step))
                .running(words.command(part))
                .saying(words.done(part, step))
                .despite(SwitchLine.failedDuring(step, facts.score())));
    }

    private void stopped(Part part, Step step) {
        var failed = hasFailed();
        var crossed = part == Part.SETTLING && facts.isRouted();
        var title = part.now + (failed ? " failed" : ", cancelled");
        var track = facts.hasMadeWay() ? Track.comeBack(crossed, failed) : Track.stop(alone, crossed, failed);
        rows.add(StepRow.of(failed ? "ends" : "done", track, ending(), alone || crossed, title)
                .taking(span(step))
                .running(words.command(part))
                .saying(step.detail())
                .despite(SwitchLine.failedDuring(step, facts.score())));
    }

    private Lamp ending() {
        var lamp = Lamp.of(facts.deployment().state());
        return hasFailed() ? lamp : new Lamp(lamp.shape(), "", "idle");
    }

    /** What was not reached, and who serves. */
    private void remain() {
        var state = facts.deployment().state();
        if (facts.steps().isEmpty()) {
            var by = facts.deployment().supersededBy();
            var track = Track.stop(alone, false, hasFailed());
            rows.add(StepRow.of(
                            hasFailed() ? "ends" : "done",
                            track,
                            ending(),
                            alone,
                            Lamp.of(state).word())
                    .saying(by == null ? null : "By #" + by));
        }
        var missed = state == State.SUPERSEDED || state == State.SKIPPED ? "" : missed();
        if (!missed.isEmpty()) {
            rows.add(StepRow.of("todo", Track.old(alone), null, false, "Not reached")
                    .saying(missed));
        }
        if (facts.before() == null) return;
        var stays = facts.serving() != null && facts.serving().number() == old();
        var again = facts.hasMadeWay() ? " was started again" : stays ? " keeps running" : " kept running";
        var title = "#" + old() + again;
        rows.add(StepRow.of("done", Track.end(Stage.DONE), Lamp.of(State.LIVE), true, title));
    }

    private String missed() {
        var text = Arrays.stream(Part.values())
                .filter(part -> last(part) == null && (part != Part.RELEASING || mayPrepare()))
                .filter(part -> part != Part.HOLDING || facts.isHeld())
                .map(part -> part.todo.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return Words.capital(text);
    }

    private void end() {
        if (facts.before() != null && !facts.isHeld()) drain();
        rows.add(
                facts.isLive()
                        ? StepRow.of("done", Track.end(Stage.DONE), Lamp.of(State.LIVE), true, "Live")
                        : StepRow.of("todo", Track.end(Stage.TODO), Lamp.TO_DO, true, "Live"));
    }

    private void drain() {
        var draining = facts.draining();
        var limit = Moment.round(settings.drain());
        if (draining == null) {
            rows.add(StepRow.of("todo", Track.drain(Stage.TODO), Lamp.TO_DO, false, "Drain #" + old())
                    .taking("up to " + limit)
                    .saying("Open requests finish, then it stops"));
        } else if (draining.until() == null) {
            rows.add(StepRow.of("now", Track.drain(Stage.NOW), DRAINING, false, "Draining #" + old())
                    .since(Ticking.since(draining.since(), "of " + limit, clock))
                    .saying("It ends its last requests, then it stops"));
        } else {
            rows.add(done(Track.drain(Stage.DONE), false, "Drained #" + old())
                    .taking(Moment.span(Duration.between(draining.since(), draining.until())))
                    .saying("It has stopped"));
        }
    }

    private static StepRow done(Track track, boolean left, String title) {
        return StepRow.of("done", track, Lamp.DONE, left, title);
    }

    private Track track(Part part, Stage stage) {
        var crossing = facts.isRouted() ? Part.ROUTING : Part.SETTLING;
        if (facts.isHeld() && part.compareTo(Part.HOLDING) >= 0) {
            if (part == Part.HOLDING) return Track.hold(stage);
            if (part == crossing) return Track.arrive(stage);
            return part.compareTo(crossing) < 0 ? Track.lone(stage) : Track.after(true, stage);
        }
        if (part == crossing) return Track.cross(alone, stage);
        return part.compareTo(crossing) < 0 ? Track.before(alone, stage) : Track.after(alone, stage);
    }

    private boolean isLeft(Part part) {
        return alone || (part == Part.SETTLING && facts.isRouted());
    }

    /** How its last try went; null when it was never reached. */
    private @Nullable Step last(Part part) {
        return facts.steps().stream()
                .filter(step -> step.name().equals(part.word()))
                .reduce((first, second) -> second)
                .orElse(null);
    }

    private boolean hasStopped() {
        return facts.isOver() && !facts.isLive();
    }

    private boolean hasFailed() {
        return facts.deployment().state() == State.FAILED;
    }

    private static @Nullable String span(Step step) {
        return step.finishedAt() == null ? null : Moment.span(Duration.between(step.startedAt(), step.finishedAt()));
    }

    private long old() {
        return Objects.requireNonNull(facts.before()).number();
    }
}
