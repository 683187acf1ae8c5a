package dev.signalbox.deploys;

import dev.signalbox.builds.BuildOutput;
import dev.signalbox.logs.DeploymentLog;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes what a build does into the deployment's log. */
final class BuildPrinter implements BuildOutput {
    private static final Duration WORTH_SAYING = Duration.ofSeconds(1);

    private final DeploymentLog log;
    private final Consumer<@Nullable String> waiting;
    private int begun;

    /** @param waiting is told why nothing is built yet; null when it goes on */
    BuildPrinter(DeploymentLog log, Consumer<@Nullable String> waiting) {
        this.log = log;
        this.waiting = waiting;
    }

    @Override
    public void waiting(String why) {
        if (why.isEmpty()) {
            waiting.accept(null);
            return;
        }
        var sentence = "Waiting " + why;
        log.line("  " + sentence);
        waiting.accept(sentence);
    }

    @Override
    public void note(String sentence) {
        log.line("  " + sentence);
    }

    @Override
    public void stepStarted(int step, String name) {
        begun = step;
        log.line("  " + name);
    }

    @Override
    public void line(int step, String text) {
        log.output("    " + text);
    }

    @Override
    public void stepEnded(int step, String name, Ending ending, Duration took) {
        switch (ending) {
            case DONE -> {
                if (took.compareTo(WORTH_SAYING) > 0) log.line(about(step, name) + "took " + Took.of(took));
            }
            case CACHED -> log.line(about(step, name) + "cached");
            case FAILED -> log.trouble(about(step, name) + "failed");
        }
    }

    /** Below its own name a step needs no second one. */
    private String about(int step, String name) {
        return step == begun ? "    " : "  " + name + ": ";
    }
}
