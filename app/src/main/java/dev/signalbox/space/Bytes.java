package dev.signalbox.space;

import java.util.Locale;

/** Numbers of bytes as people read them, everywhere the same: decimal, as on the box of a disk. */
public final class Bytes {
    private static final double MEGA = 1e6;
    private static final double GIGA = 1e9;

    private Bytes() {}

    /** {@code 3.8 GB}, {@code 31 GB}, {@code 512 MB}. */
    public static String text(long bytes) {
        return bytes >= GIGA ? figure(bytes / GIGA) + " GB" : figure(bytes / MEGA) + " MB";
    }

    /** {@code 1.9 of 3.8 GB}. */
    public static String text(long part, long whole) {
        return whole >= GIGA
                ? figure(part / GIGA) + " of " + figure(whole / GIGA) + " GB"
                : figure(part / MEGA) + " of " + figure(whole / MEGA) + " MB";
    }

    private static String figure(double number) {
        return number < 10 ? String.format(Locale.ROOT, "%.1f", number) : Long.toString(Math.round(number));
    }
}
