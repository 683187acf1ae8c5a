package dev.signalbox.deploys;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One step of a deployment; {@code state} is running, done, failed or cancelled. */
public record Step(
        String name,
        String state,
        @Nullable String detail,
        Instant startedAt,
        @Nullable Instant finishedAt) {}
