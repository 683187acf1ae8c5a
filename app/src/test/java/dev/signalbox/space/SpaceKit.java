package dev.signalbox.space;

import java.nio.file.Path;
import java.time.Duration;

/** Machines for tests. */
public final class SpaceKit {
    /** More than any disk holds. */
    private static final long ENDLESS = 1L << 60;

    private static final int NEVER = 101;

    private SpaceKit() {}

    /**
     * Where there is room for everything, whatever machine the test runs on. What builds keep is the whole engine's, and so
     * no test trims it.
     */
    public static SpaceSettings roomy(Path data) {
        return new SpaceSettings(
                data,
                Path.of("/proc"),
                new Level.Bounds(NEVER, NEVER, NEVER),
                new Need(0, 0),
                ENDLESS,
                0,
                NEVER,
                Duration.ofMinutes(10),
                Duration.ofMillis(200));
    }
}
