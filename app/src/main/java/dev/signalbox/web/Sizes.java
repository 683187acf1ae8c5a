package dev.signalbox.web;

import java.util.Locale;

/** Numbers of bytes, and of things, as people read them. */
final class Sizes {
    private static final double KILO = 1000;

    private Sizes() {}

    /** 1.9 of 3.8 GB. */
    static String of(long used, long total) {
        var giga = KILO * KILO * KILO;
        var unit = total >= giga ? giga : KILO * KILO;
        return figure(used / unit) + " of " + figure(total / unit) + (total >= giga ? " GB" : " MB");
    }

    /** 3.8 GB. */
    static String of(long bytes) {
        var giga = KILO * KILO * KILO;
        return bytes >= giga ? figure(bytes / giga) + " GB" : figure(bytes / KILO / KILO) + " MB";
    }

    private static String figure(double number) {
        return number < 10 ? String.format(Locale.ROOT, "%.1f", number) : Long.toString(Math.round(number));
    }

    /** 1 service, 2 services. */
    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
