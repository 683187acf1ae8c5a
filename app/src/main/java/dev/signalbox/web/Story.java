package dev.signalbox.web;

import dev.signalbox.deploys.DeploySettings;
import dev.signalbox.deploys.Release;
import dev.signalbox.deploys.Release.ProcessType;
import dev.signalbox.deploys.State;
import dev.signalbox.deploys.Step;
import dev.signalbox.web.Track.Stage;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells a deployment step by step: what is done, what goes on, what is to come, and which release serves meanwhile. */
final class Story {
    private static final Lamp WAITING = new Lamp("queued", "", "idle");
    private static final Lamp CANCELLED = new Lamp("cancelled", "", "idle");
    private static final Lamp DRAINING = new Lamp("draining", "", "now");
    private static final Lamp SKIPPED = new Lamp("skip", "", "idle");

    private final DeploymentFacts facts;
    private final DeploySettings settings;
    private final Clock clock;
    private final boolean alone;
    private final List<StepRow> rows = new ArrayList<>();

    private Story(DeploymentFacts facts, DeploySettings settings, Clock clock) {
        this.facts = facts;
        this.settings = settings;
        this.clock = clock;
        this.alone = facts.isFirst();
    }

    /** The steps of a deployment in the order in which they are taken. */
    private enum Part {
        BUILDING("Build", "Building", "Built"),
        RELEASING("Release command", "Release command", "Release command"),
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
        story.tell();
        return List.copyOf(story.rows);
    }

    private void tell() {
        begin();
        queue();
        boolean goesOn = true;
        for (var part : Part.values()) {
            if (goesOn) goesOn = tell(part);
        }
        if (goesOn && !hasStopped()) end();
        else if (hasStopped()) remain();
    }

    private void begin() {
        var plates = facts.before() == null
                ? List.of(Long.toString(facts.number()))
                : List.of(Long.toString(facts.before().number()), Long.toString(facts.number()));
        rows.add(new StepRow("", Track.begin(alone), null, false, "Lines", null, null, null, beginning(), plates));
    }

    private String beginning() {
        var mine = "#" + facts.number();
        if (facts.before() == null) {
            if (facts.isLive()) return mine + " is the first release here.";
            return hasStopped()
                    ? "Nothing served before " + mine + "."
                    : "Nothing serves until " + mine + " has proved itself.";
        }
        var old = "#" + facts.before().number();
        if (facts.isLive()) return mine + " took over from " + old + ".";
        if (hasStopped()) {
            return facts.hasCrossed()
                    ? old + " serves again. " + mine + " did not stay."
                    : old + " serves. " + mine + " never took over.";
        }
        return facts.hasCrossed()
                ? "Requests go to " + mine + "; " + old + " stands by."
                : old + " serves every request until " + mine + " has proved itself.";
    }

    private void queue() {
        var deployment = facts.deployment();
        if (deployment.state() == State.QUEUED) {
            var ticking = Ticking.since(deployment.queuedAt(), "so far", clock);
            rows.add(new StepRow(
                    "now",
                    Track.before(alone, Stage.NOW),
                    WAITING,
                    alone,
                    "Queued",
                    null,
                    ticking,
                    null,
                    "It runs when its turn comes",
                    List.of()));
            return;
        }
        var end = deployment.startedAt() != null ? deployment.startedAt() : deployment.finishedAt();
        var time = end == null ? null : Moment.span(Duration.between(deployment.queuedAt(), end));
        rows.add(done(Track.before(alone, Stage.DONE), alone, "Queued", time, null));
    }

    /** False when the deployment ended here. */
    private boolean tell(Part part) {
        var step = last(part);
        if (step == null) return tellWithout(part);
        return switch (step.state()) {
            case "running" -> {
                now(part, step);
                yield true;
            }
            case "done" -> {
                done(part, step);
                yield true;
            }
            default -> {
                // What a restart cut off is taken again as long as the deployment goes on.
                if (hasStopped()) stopped(part, step);
                else todo(part);
                yield !hasStopped();
            }
        };
    }

    private boolean tellWithout(Part part) {
        if (hasStopped()) return true;
        if (part == Part.RELEASING && !mayPrepare()) {
            var isPast = facts.isLive() || last(Part.STARTING) != null;
            if (isPast) {
                rows.add(new StepRow(
                        "done",
                        Track.before(alone, Stage.DONE),
                        SKIPPED,
                        alone,
                        part.done,
                        null,
                        null,
                        null,
                        "None",
                        List.of()));
            }
            return true;
        }
        todo(part);
        return true;
    }

    private boolean mayPrepare() {
        var known = facts.release() != null ? facts.release() : facts.releaseBefore();
        return known != null && known.preparation().isPresent();
    }

    private void todo(Part part) {
        rows.add(new StepRow(
                "todo",
                track(part, Stage.TODO),
                Lamp.TO_DO,
                isLeft(part),
                part.todo,
                part == Part.SETTLING ? Moment.round(settings.settle()) : null,
                null,
                null,
                switch (part) {
                    case BUILDING, STARTING, CHECKING -> null;
                    case RELEASING -> "Before anything starts";
                    case ROUTING -> facts.isRouted() ? "Requests move to #" + facts.number() : "It takes no requests";
                    case SETTLING -> facts.isRouted() ? "Watched through the router" : "Watched for a while";
                },
                List.of()));
    }

    private void now(Part part, Step step) {
        var limit = part == Part.CHECKING && facts.isRouted() ? "of " + Moment.round(settings.healthLimit()) : "so far";
        rows.add(new StepRow(
                "now",
                track(part, Stage.NOW),
                Lamp.of(facts.deployment().state()),
                isLeft(part),
                part.now,
                null,
                Ticking.since(step.startedAt(), limit, clock),
                part == Part.RELEASING ? command() : null,
                switch (part) {
                    case BUILDING -> built();
                    case RELEASING -> null;
                    case STARTING -> processes();
                    case CHECKING ->
                        facts.isRouted() ? "Until it answers on port " + port() : "Until it has stayed up for a while";
                    case ROUTING -> facts.isRouted() ? "Requests move to #" + facts.number() : "It takes no requests";
                    case SETTLING ->
                        alone ? "Watched through the router" : "Watched; if it falls, #" + old() + " takes over again";
                },
                List.of()));
    }

    private void done(Part part, Step step) {
        var detail = switch (part) {
            case BUILDING -> built();
            case STARTING -> processes();
            case RELEASING, CHECKING, ROUTING, SETTLING -> step.detail();
        };
        rows.add(new StepRow(
                "done",
                track(part, Stage.DONE),
                Lamp.DONE,
                isLeft(part),
                part.done,
                span(step),
                null,
                part == Part.RELEASING ? command() : null,
                detail,
                List.of()));
    }

    private void stopped(Part part, Step step) {
        var failed = facts.deployment().state() == State.FAILED;
        var crossed = part == Part.SETTLING;
        rows.add(new StepRow(
                failed ? "ends" : "done",
                Track.stop(alone, crossed, failed),
                failed ? Lamp.of(State.FAILED) : CANCELLED,
                alone || crossed,
                part.now + (failed ? " failed" : ", cancelled"),
                span(step),
                null,
                part == Part.RELEASING ? command() : null,
                step.detail(),
                List.of()));
    }

    /** What was not reached, and who serves. */
    private void remain() {
        var state = facts.deployment().state();
        if (facts.steps().isEmpty()) {
            var failed = state == State.FAILED;
            rows.add(new StepRow(
                    failed ? "ends" : "done",
                    Track.stop(alone, false, failed),
                    failed ? Lamp.of(State.FAILED) : new Lamp(Lamp.of(state).shape(), "", "idle"),
                    alone,
                    Lamp.of(state).word(),
                    null,
                    null,
                    null,
                    state == State.SUPERSEDED ? "By #" + facts.deployment().supersededBy() : null,
                    List.of()));
        }
        var missed = state == State.SUPERSEDED || state == State.SKIPPED ? "" : missed();
        if (!missed.isEmpty()) {
            rows.add(new StepRow(
                    "todo", Track.old(alone), null, false, "Not reached", null, null, null, missed, List.of()));
        }
        if (facts.before() != null) {
            rows.add(done(Track.end(Stage.DONE), true, "#" + old() + keeps(), null, null)
                    .with(Lamp.of(State.LIVE)));
        }
    }

    private String keeps() {
        return facts.serving() != null && facts.serving().number() == old() ? " keeps running" : " kept running";
    }

    private String missed() {
        var words = new ArrayList<String>();
        for (var part : Part.values()) {
            if (last(part) == null && (part != Part.RELEASING || mayPrepare()))
                words.add(part.todo.toLowerCase(Locale.ROOT));
        }
        if (words.isEmpty()) return "";
        var text = String.join(", ", words);
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private void end() {
        if (facts.before() != null) drain();
        var stage = facts.isLive() ? Stage.DONE : Stage.TODO;
        var row = done(Track.end(stage), true, "Live", null, null);
        rows.add(
                stage == Stage.DONE
                        ? row.with(Lamp.of(State.LIVE))
                        : row.with(Lamp.TO_DO).styled("todo"));
    }

    private void drain() {
        var draining = facts.draining();
        var limit = Moment.round(settings.drain());
        if (draining == null || !facts.isLive()) {
            rows.add(new StepRow(
                    "todo",
                    Track.drain(Stage.TODO),
                    Lamp.TO_DO,
                    false,
                    "Drain #" + old(),
                    "up to " + limit,
                    null,
                    null,
                    "Open requests finish, then it stops",
                    List.of()));
        } else if (draining.until() == null) {
            rows.add(new StepRow(
                    "now",
                    Track.drain(Stage.NOW),
                    DRAINING,
                    false,
                    "Draining #" + old(),
                    null,
                    Ticking.since(draining.since(), "of " + limit, clock),
                    null,
                    "It ends its last requests, then it stops",
                    List.of()));
        } else {
            rows.add(done(
                    Track.drain(Stage.DONE),
                    false,
                    "Drained #" + old(),
                    Moment.span(Duration.between(draining.since(), draining.until())),
                    "It has stopped"));
        }
    }

    private static StepRow done(
            Track track, boolean left, String title, @Nullable String time, @Nullable String detail) {
        return new StepRow("done", track, Lamp.DONE, left, title, time, null, null, detail, List.of());
    }

    private Track track(Part part, Stage stage) {
        var crossing = facts.isRouted() ? Part.ROUTING : Part.SETTLING;
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

    private static @Nullable String span(Step step) {
        return step.finishedAt() == null ? null : Moment.span(Duration.between(step.startedAt(), step.finishedAt()));
    }

    private long old() {
        return Objects.requireNonNull(facts.before()).number();
    }

    private String port() {
        return facts.release() == null ? "" : Integer.toString(facts.release().port());
    }

    private @Nullable String command() {
        return facts.release() == null
                ? null
                : facts.release().preparation().map(ProcessType::command).orElse(null);
    }

    private @Nullable String built() {
        return switch (facts.deployment().cause()) {
            case ROLLBACK -> "Nothing to build: release #" + facts.deployment().release() + " as it was";
            case REDEPLOY, VARIABLES, SCALE ->
                facts.release() == null ? null : "The image that was there, with the settings of now";
            case PUSH, API -> null;
        };
    }

    private @Nullable String processes() {
        return facts.release() == null ? null : processes(facts.release());
    }

    /** {@code web and worker, 512 MB each}. */
    static String processes(Release release) {
        var running = release.running();
        if (running.isEmpty()) return "No process";
        var names = running.stream()
                .map(process ->
                        process.replicas() == 1 ? process.name() : process.replicas() + " \u00d7 " + process.name())
                .collect(Collectors.joining(", "));
        var sizes =
                running.stream().map(ProcessType::memoryMegabytes).distinct().toList();
        var isOne = running.size() == 1 && running.getFirst().replicas() == 1;
        return sizes.size() == 1 ? names + ", " + sizes.getFirst() + (isOne ? " MB" : " MB each") : names;
    }
}
