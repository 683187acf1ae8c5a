package dev.signalbox.web;

/**
 * How much room the machine has.
 *
 * @param memoryTotal in bytes, as all that follow but the last
 * @param processorPercent of all cores together
 */
public record MachineLoad(
        int cores,
        long memoryTotal,
        long memoryUsed,
        long diskTotal,
        long diskUsed,
        int processorPercent,
        int buildsRunning,
        int buildsWaiting) {}
