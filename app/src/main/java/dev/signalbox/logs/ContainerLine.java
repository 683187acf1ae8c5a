package dev.signalbox.logs;

import java.time.Instant;

/**
 * One line of a workload's log.
 *
 * @param source which container printed it, such as {@code web.1 #12}; empty when the appliance itself says it
 * @param error whether it came on the error output
 * @param position where it stands in the log; greater for every line that came later
 */
public record ContainerLine(Instant at, String source, boolean error, String text, long position) {}
