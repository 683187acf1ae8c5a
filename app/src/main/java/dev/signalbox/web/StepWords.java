package dev.signalbox.web;

import dev.signalbox.deploys.Cause;
import dev.signalbox.deploys.Release;
import dev.signalbox.deploys.Release.ProcessType;
import dev.signalbox.deploys.Step;
import dev.signalbox.web.Story.Part;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is said beside the steps of a deployment. */
record StepWords(DeploymentFacts facts) {
    /** Who serves, before anything else. */
    String beginning() {
        var mine = "#" + facts.number();
        if (facts.before() == null) {
            if (facts.isLive()) return mine + " is the first release here.";
            return facts.isOver()
                    ? "Nothing served before " + mine + "."
                    : "Nothing serves until " + mine + " has proved itself.";
        }
        var old = "#" + facts.before().number();
        if (facts.isLive()) return mine + " took over from " + old + ".";
        if (facts.isOver()) {
            if (facts.hasCrossed()) return old + " serves again. " + mine + " did not stay.";
            return old + (facts.hasMadeWay() ? " serves again. " : " serves. ") + mine + " never took over.";
        }
        if (facts.isHeld()) return replacing(mine, old);
        return facts.hasCrossed()
                ? "Requests go to " + mine + "; " + old + " stands by."
                : old + " serves every request until " + mine + " has proved itself.";
    }

    /** Where both never run at once. */
    private String replacing(String mine, String old) {
        if (facts.hasCrossed()) return "Requests go to " + mine + "; " + old + " has stopped.";
        if (!facts.hasMadeWay()) return old + " serves until it stops for " + mine + ".";
        return facts.isRouted()
                ? "Requests wait: " + old + " has stopped, and " + mine + " has to prove itself."
                : old + " has stopped, and " + mine + " has to prove itself.";
    }

    private @Nullable String holding() {
        if (facts.before() == null) return null;
        var old = "#" + facts.before().number();
        return facts.isRouted()
                ? "Requests wait while " + old + " stops"
                : old + " stops before #" + facts.number() + " starts";
    }

    @Nullable String todo(Part part) {
        return switch (part) {
            case BUILDING, STARTING, CHECKING -> null;
            case RELEASING -> "Before anything starts";
            case HOLDING -> holding();
            case ROUTING -> moving();
            case SETTLING -> watched();
        };
    }

    @Nullable String now(Part part) {
        return switch (part) {
            case BUILDING -> built();
            case RELEASING -> null;
            case HOLDING -> holding();
            case STARTING -> processes();
            case CHECKING -> checked();
            case ROUTING -> moving();
            case SETTLING ->
                facts.before() == null
                        ? watched()
                        : "Watched; if it falls, #" + facts.before().number()
                                + (facts.isHeld() ? " is started again" : " takes over again");
        };
    }

    @Nullable String done(Part part, Step step) {
        return switch (part) {
            case BUILDING -> built();
            case STARTING -> processes();
            case RELEASING, HOLDING, CHECKING, ROUTING, SETTLING -> step.detail();
        };
    }

    /** What ran in this step. */
    @Nullable String command(Part part) {
        if (part != Part.RELEASING || facts.release() == null) return null;
        return facts.release().preparation().map(ProcessType::command).orElse(null);
    }

    private String moving() {
        return facts.isRouted() ? "Requests move to #" + facts.number() : "It takes no requests";
    }

    private String watched() {
        return facts.isRouted() ? "Watched through the router" : "Watched for a while";
    }

    private String checked() {
        return facts.isRouted() && facts.release() != null
                ? "Until it answers on port " + facts.release().port()
                : "Until it has stayed up for a while";
    }

    private @Nullable String built() {
        return facts.deployment().cause() == Cause.ROLLBACK
                ? "Nothing to build: release #" + facts.deployment().release() + " as it was"
                : null;
    }

    private @Nullable String processes() {
        return facts.release() == null ? null : processes(facts.release());
    }

    /** {@code web, 2 × worker, 512 MB each}. */
    static String processes(Release release) {
        var running = release.running();
        if (running.isEmpty()) return "No process";
        var names = running.stream().map(StepWords::count).collect(Collectors.joining(", "));
        var sizes =
                running.stream().map(ProcessType::memoryMegabytes).distinct().toList();
        if (sizes.size() > 1) return names;
        var isOne = running.size() == 1 && running.getFirst().replicas() == 1;
        return names + ", " + sizes.getFirst() + (isOne ? " MB" : " MB each");
    }

    private static String count(ProcessType process) {
        return process.replicas() == 1 ? process.name() : process.replicas() + " \u00d7 " + process.name();
    }
}
