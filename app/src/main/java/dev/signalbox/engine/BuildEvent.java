package dev.signalbox.engine;

import java.time.Duration;

/** What BuildKit reports while it builds. Steps are numbered in the order in which they first appear. */
public sealed interface BuildEvent {
    record StepStarted(int step, String name) implements BuildEvent {}

    record StepOutput(int step, String text) implements BuildEvent {}

    record StepDone(int step, String name, boolean cached, Duration took) implements BuildEvent {}

    record StepFailed(int step, String name, String error) implements BuildEvent {}

    record Warning(String text) implements BuildEvent {}
}
