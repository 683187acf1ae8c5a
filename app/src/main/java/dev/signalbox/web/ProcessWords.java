package dev.signalbox.web;

import dev.signalbox.deploys.HealthCheck;
import dev.signalbox.deploys.Processes.Line;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Processes in words. */
final class ProcessWords {
    private ProcessWords() {}

    static String of(Line line) {
        var set = line.set();
        if (line.isPreparation()) return "before each release, " + limits(set.memoryMegabytes(), set.cpuMillis());
        return size(set.replicas(), set.memoryMegabytes(), set.cpuMillis())
                + (set.sticky() ? ", visitors stay with one replica" : "");
    }

    /** 2 × 512 MB, 0.5 CPU. */
    static String size(int replicas, int memory, @Nullable Integer cpuMillis) {
        return replicas + " \u00d7 " + limits(memory, cpuMillis);
    }

    private static String limits(int memory, @Nullable Integer cpuMillis) {
        return memory + " MB" + (cpuMillis == null ? "" : String.format(Locale.ROOT, ", %.1f CPU", cpuMillis / 1000.0));
    }

    /** GET /health answers 200. */
    static String health(Line line) {
        if (line.isPreparation()) return "It has to end well";
        var set = line.set().health();
        if (set == null) return line.isRouted() ? "GET / answers below 500" : "It stays up";
        return switch (set.kind()) {
            case HTTP -> "GET " + set.path() + " answers " + wanted(set);
            case TCP -> "It accepts connections";
            case UP -> "It stays up";
        };
    }

    private static String wanted(HealthCheck check) {
        return check.status() == null ? "below 500" : check.status().toString();
    }
}
