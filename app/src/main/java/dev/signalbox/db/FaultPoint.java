package dev.signalbox.db;

import org.jspecify.annotations.Nullable;

/**
 * A named place at which a test ends the process as {@code kill -9} would. Inert unless the system property
 * {@code signalbox.fault} names it.
 */
public final class FaultPoint {
    private static final @Nullable String ARMED = System.getProperty("signalbox.fault");

    private FaultPoint() {}

    public static void hit(String name) {
        if (name.equals(ARMED)) Runtime.getRuntime().halt(137);
    }
}
