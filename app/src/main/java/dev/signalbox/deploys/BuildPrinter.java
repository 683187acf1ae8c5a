package dev.signalbox.deploys;

import dev.signalbox.builds.BuildOutput;
import dev.signalbox.logs.DeploymentLog;
import java.time.Duration;

/** Writes what a build does into the deployment's log. */
final class BuildPrinter implements BuildOutput {
    private final DeploymentLog log;

    BuildPrinter(DeploymentLog log) {
        this.log = log;
    }

    @Override
    public void note(String sentence) {
        log.line("  " + sentence);
    }

    @Override
    public void stepStarted(int step, String name) {
        log.line("  " + name);
    }

    @Override
    public void line(int step, String text) {
        log.output("    " + text);
    }

    @Override
    public void stepEnded(int step, String name, Ending ending, Duration took) {
        switch (ending) {
            case DONE -> log.line("  " + name + ", " + Took.of(took));
            case CACHED -> log.line("  " + name + ", cached");
            case FAILED -> log.line("  " + name + " failed");
        }
    }
}
