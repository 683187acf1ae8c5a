package dev.signalbox.deploys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.engine.ContainerId;
import dev.signalbox.engine.Engine;
import dev.signalbox.engine.EngineEvent;
import dev.signalbox.projects.Workload;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** When the containers of a workload began and ended, by Docker's own account. */
final class Lives implements AutoCloseable {
    private final Queue<Turn> turns = new ConcurrentLinkedQueue<>();
    private final Engine.Stream events;

    private record Turn(ContainerId id, boolean begins, Instant at) {}

    private Lives(Engine engine, Workload workload, ContainerId first) {
        turns.add(new Turn(first, true, Instant.MIN));
        events = engine.events(Map.of(Replicas.WORKLOAD, workload.id()), this::note);
    }

    /** Watches from now on; one is running already. */
    static Lives of(Engine engine, Workload workload, ContainerId first) {
        return new Lives(engine, workload, first);
    }

    private void note(EngineEvent event) {
        switch (event) {
            case EngineEvent.Started(var id, var labels, var at)
            when isServing(labels) -> turns.add(new Turn(id, true, at));
            case EngineEvent.Died(var id, var labels, var _, var at)
            when isServing(labels) -> turns.add(new Turn(id, false, at));
            default -> {}
        }
    }

    /** Not a command that prepares a release. */
    private static boolean isServing(Map<String, String> labels) {
        return !labels.getOrDefault(Replicas.PROCESS, "").startsWith(Release.RELEASE);
    }

    /** How many began. */
    long begun() {
        return turns.stream().filter(Turn::begins).count();
    }

    void requireOneAtATime() {
        var running = new HashSet<ContainerId>();
        turns.stream().sorted(Comparator.comparing(Turn::at)).forEach(turn -> {
            if (turn.begins()) running.add(turn.id());
            else running.remove(turn.id());
            assertThat(running).as(turns.toString()).hasSizeLessThanOrEqualTo(1);
        });
    }

    @Override
    public void close() {
        events.close();
    }
}
