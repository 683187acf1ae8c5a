package dev.signalbox.engine;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A container as it is now.
 *
 * @param ip its address on our bridge; null when it has none
 * @param exitCode meaningful once it has exited
 */
public record Container(
        ContainerId id,
        String name,
        State state,
        ImageId image,
        Map<String, String> labels,
        @Nullable String ip,
        int exitCode,
        boolean outOfMemory,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {
    public enum State {
        CREATED,
        RUNNING,
        PAUSED,
        RESTARTING,
        EXITED,
        DEAD
    }

    public boolean isRunning() {
        return state == State.RUNNING;
    }
}
