package dev.signalbox.web;

import dev.signalbox.deploys.Changes;
import dev.signalbox.deploys.Changes.Change;
import dev.signalbox.deploys.Failure;
import dev.signalbox.deploys.Failure.Kind;
import dev.signalbox.deploys.Standing;
import dev.signalbox.deploys.State;
import dev.signalbox.projects.Workload;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a deployment ended, in the order in which one asks: what happened, are we down, what do I press.
 *
 * @param style ok, bad or idle; a bad one is a card, others a line
 * @param why one sentence
 * @param variable the variable that it misses, if that is why
 * @param then what follows from it
 * @param facts what is known beside it
 * @param cure what probably helps; null when that is for the code to say
 * @param link where one goes on from here, if anywhere
 */
record DeploymentOutcome(
        String style,
        Lamp lamp,
        String why,
        @Nullable String variable,
        @Nullable String then,
        List<Fact> facts,
        @Nullable Cure cure,
        @Nullable Link link) {
    private static final Pattern FIRST_SENTENCE = Pattern.compile("^(.+?[.!?]) +(?=[A-Z#])(.*)$", Pattern.DOTALL);
    /** As much of a line as is searched: apps print as much as they like. */
    private static final int LONGEST_READ = 500;

    private static final String NAME = "([A-Z][A-Z0-9]*_[A-Z0-9_]*[A-Z0-9]|[A-Z]{3,}[A-Z0-9]*)";
    private static final Pattern MISSING = Pattern.compile("\\b" + NAME
            + "['\"`]? (?:(?:is|was|environment variable is|must be) )?(?:not (?:set|defined|found)|undefined|required|missing|set|empty)\\b"
            + "|KeyError: '" + NAME + "'"
            + "|(?i:missing|required|undefined)(?i: required)?(?i: environment| env)?(?i: variable| var)?:? ['\"`]?"
            + NAME + "\\b");

    DeploymentOutcome {
        facts = List.copyOf(facts);
    }

    /** One thing that is known, with a lamp if it is a state. */
    record Fact(String name, String text, @Nullable Lamp lamp) {}

    /** Something to press. */
    record Cure(String text, String path) {}

    /** Somewhere to go. */
    record Link(String text, String path, boolean outside) {}

    /** How it ended; empty while it is under way. */
    static Optional<DeploymentOutcome> of(
            DeploymentFacts facts, List<String> urls, Changes changes, List<String> lastLines, Clock clock) {
        if (!facts.isOver()) return Optional.empty();
        return Optional.of(
                switch (facts.deployment().state()) {
                    case LIVE -> live(facts, urls, clock);
                    case FAILED -> failed(facts, changes, lastLines, clock);
                    default -> other(facts);
                });
    }

    private static DeploymentOutcome live(DeploymentFacts facts, List<String> urls, Clock clock) {
        if (!facts.serves()) {
            var now = facts.serving();
            var link = now == null
                    ? null
                    : new Link("Open #" + now.number(), Paths.deployment(facts.workload(), now.number()), false);
            var text = now == null ? "Nothing serves now." : "#" + now.number() + " serves now.";
            return line("idle", Lamp.DONE, "It was live.", text, link);
        }
        var took = Moment.round(facts.took(clock.instant()));
        var first = urls.stream().findFirst();
        var address = facts.isRouted() ? first : Optional.<String>empty();
        var then = address.map(url -> "It answers at " + Address.of(url).text() + ".")
                .orElse("It takes no requests.");
        return line(
                "ok",
                Lamp.of(State.LIVE),
                "Live " + took + " after it was asked for.",
                then,
                address.map(url -> new Link("Open", url, true)).orElse(null));
    }

    private static DeploymentOutcome other(DeploymentFacts facts) {
        var deployment = facts.deployment();
        var by = deployment.supersededBy();
        var link = by == null ? null : new Link("Open #" + by, Paths.deployment(facts.workload(), by), false);
        var why = split(Objects.requireNonNullElse(deployment.reason(), "It did not run."));
        var then = why.rest.isEmpty() && facts.serving() != null
                ? "#" + facts.serving().number() + " serves."
                : why.rest;
        return line("idle", Lamp.of(deployment.state()), why.first, then, link);
    }

    private static DeploymentOutcome line(
            String style, Lamp lamp, String why, @Nullable String then, @Nullable Link link) {
        return new DeploymentOutcome(style, lamp, why, null, then, List.of(), null, link);
    }

    private static DeploymentOutcome failed(
            DeploymentFacts facts, Changes changes, List<String> lastLines, Clock clock) {
        var reason = Objects.requireNonNullElse(facts.deployment().reason(), "It failed.");
        var failure = Objects.requireNonNullElse(facts.deployment().failure(), Failure.OTHER);
        var why = split(reason);
        var variable = failure.isExplainedByOutput() ? missing(lastLines).orElse(null) : null;
        var then = variable == null
                ? why.rest
                : "The last lines ask for it" + history(variable, changes) + ". " + standing(facts, reason);
        return new DeploymentOutcome(
                "bad",
                Lamp.of(State.FAILED),
                variable == null ? why.first : why.first.replaceFirst("\\.$", ":"),
                variable,
                then,
                known(facts, failure, clock),
                cure(facts, failure, variable),
                null);
    }

    private static String history(String variable, Changes changes) {
        return changes.all().stream()
                .filter(change ->
                        change.kind() == Changes.Kind.REMOVED && change.name().equals(variable))
                .findFirst()
                .map(Change::name)
                .map(name -> "; it was set for the release that serves, and was removed since")
                .orElse("");
    }

    /** The variable that the last lines say is missing; the last of them counts. */
    private static Optional<String> missing(List<String> lastLines) {
        for (var line : lastLines.reversed()) {
            var found = MISSING.matcher(line.substring(0, Math.min(line.length(), LONGEST_READ)));
            if (found.find()) {
                for (int i = 1; i <= found.groupCount(); i++) {
                    if (found.group(i) != null) return Optional.of(found.group(i));
                }
            }
        }
        return Optional.empty();
    }

    private static List<Fact> known(DeploymentFacts facts, Failure failure, Clock clock) {
        var known = new ArrayList<Fact>();
        if (failure.kind() == Kind.OUT_OF_MEMORY) known.add(new Fact("Ended with", "Out of memory", null));
        else if (failure.exitCode() != null) known.add(new Fact("Ended with", "Exit code " + failure.exitCode(), null));
        facts.steps().stream()
                .filter(step -> step.state().equals("failed"))
                .findFirst()
                .ifPresent(step -> known.add(new Fact("Failed in step", Words.capital(step.name()), null)));
        known.add(new Fact("After", Moment.round(facts.took(clock.instant())), null));
        var serving = facts.serving();
        if (serving == null) known.add(new Fact("Serving now", "Nothing", Lamp.of(Workload.State.NOT_DEPLOYED)));
        else {
            var untouched =
                    facts.before() != null && serving.id().equals(facts.before().id());
            known.add(new Fact(
                    "Serving now", "#" + serving.number() + (untouched ? touch(facts) : ""), Lamp.of(State.LIVE)));
        }
        return known;
    }

    private static String touch(DeploymentFacts facts) {
        return facts.hasMadeWay() ? ", started again" : ", untouched";
    }

    /** Who serves, as the reason says at its end. */
    private static String standing(DeploymentFacts facts, String reason) {
        var begin = facts.before() == null
                ? -1
                : reason.lastIndexOf("#" + facts.before().number() + " ");
        return begin < 0 ? Standing.withoutNewest(facts.before()) : reason.substring(begin);
    }

    private static @Nullable Cure cure(DeploymentFacts facts, Failure failure, @Nullable String variable) {
        var missing = failure.kind() == Kind.WRONG_PORT ? "PORT" : variable;
        if (missing == null) return null;
        return new Cure("Set " + missing, Paths.workload(facts.workload()) + "/variables/new?name=" + missing);
    }

    private record Sentences(String first, String rest) {}

    private static Sentences split(String text) {
        var found = FIRST_SENTENCE.matcher(text);
        return found.matches() ? new Sentences(found.group(1), found.group(2)) : new Sentences(text, "");
    }

    public boolean isCard() {
        return style.equals("bad");
    }
}
