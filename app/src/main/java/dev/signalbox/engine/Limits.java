package dev.signalbox.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one container may use; swap is none. {@code cpuMillis} 1000 is one core, null is no limit. */
public record Limits(int memoryMegabytes, @Nullable Integer cpuMillis, int processes, Duration stopGrace) {
    public static final Limits DEFAULT = new Limits(512, null, 512, Duration.ofSeconds(30));
}
