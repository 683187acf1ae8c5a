package dev.signalbox.engine;

import java.time.Instant;
import java.util.Map;

/** Something that happened to a container, or to our view of the engine. */
public sealed interface EngineEvent {
    record Started(ContainerId id, Map<String, String> labels, Instant at) implements EngineEvent {}

    record Died(ContainerId id, Map<String, String> labels, int exitCode, Instant at) implements EngineEvent {}

    record OutOfMemory(ContainerId id, Map<String, String> labels, Instant at) implements EngineEvent {}

    record Removed(ContainerId id, Map<String, String> labels, Instant at) implements EngineEvent {}

    /** The engine was away; events may have been missed. */
    record Resumed(Instant at) implements EngineEvent {}
}
