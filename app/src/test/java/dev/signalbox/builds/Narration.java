package dev.signalbox.builds;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what a build tells, without the times. */
public final class Narration implements BuildOutput {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void waiting(String why) {
        if (!why.isEmpty()) lines.add("waiting: " + why);
    }

    @Override
    public void note(String sentence) {
        lines.add("note: " + sentence);
    }

    @Override
    public void stepStarted(int step, String name) {
        lines.add("begins: " + name);
    }

    @Override
    public void line(int step, String text) {
        lines.add("  " + text);
    }

    @Override
    public void stepEnded(int step, String name, Ending ending, Duration took) {
        lines.add(ending + ": " + name);
    }
}
