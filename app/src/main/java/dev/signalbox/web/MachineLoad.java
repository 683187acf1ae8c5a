package dev.signalbox.web;

import org.jspecify.annotations.Nullable;

/**
 * How much room the machine has.
 *
 * @param memoryTotal in bytes, as all that follow but the last
 * @param diskTotal of the fullest disk, without what is reserved for root
 * @param daysUntilFull how long that takes if it goes on like this; null when it does not grow
 * @param processorPercent of all cores together
 */
public record MachineLoad(
        int cores,
        long memoryTotal,
        long memoryUsed,
        long diskTotal,
        long diskUsed,
        @Nullable Long daysUntilFull,
        int processorPercent,
        int buildsRunning,
        int buildsWaiting) {}
