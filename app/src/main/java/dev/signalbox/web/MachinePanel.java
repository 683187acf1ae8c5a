package dev.signalbox.web;

import dev.signalbox.space.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * How much room the machine has, as the pages show it.
 *
 * @param pace in how many days the disk is full; empty when it does not grow
 */
record MachinePanel(String size, Gauge memory, Gauge processor, Gauge disk, String pace, String builds) {
    /** The reading of an instrument; the width is of a bar. */
    record Gauge(String text, String width) {
        private static Gauge of(long used, long total) {
            return new Gauge(Bytes.text(used, total), percent(used, total) + "%");
        }
    }

    static MachinePanel of(MachineLoad load) {
        return new MachinePanel(
                Sizes.count(load.cores(), "core") + ", " + Bytes.text(load.memoryTotal()),
                Gauge.of(load.memoryUsed(), load.memoryTotal()),
                new Gauge(load.processorPercent() + " %", load.processorPercent() + "%"),
                Gauge.of(load.diskUsed(), load.diskTotal()),
                load.daysUntilFull() == null ? "" : "full in " + Sizes.count(load.daysUntilFull(), "day"),
                load.buildsRunning() + " running, " + load.buildsWaiting() + " waiting");
    }

    /** The same in steps so coarse that a page need not be told of every breath. */
    record Coarse(long memory, long processor, long disk, String builds) {
        static @Nullable Coarse of(@Nullable MachineLoad load) {
            return load == null
                    ? null
                    : new Coarse(
                            percent(load.memoryUsed(), load.memoryTotal()) / 5,
                            load.processorPercent() / 25,
                            percent(load.diskUsed(), load.diskTotal()),
                            load.buildsRunning() + "/" + load.buildsWaiting());
        }
    }

    private static long percent(long used, long total) {
        return total == 0 ? 0 : 100 * used / total;
    }
}
