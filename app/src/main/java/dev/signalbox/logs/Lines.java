package dev.signalbox.logs;

import java.util.List;

/**
 * Some lines of a workload's log, in the order in which they came.
 *
 * @param skipped how many lines before them the reader does not get; {@link #SOME} when nobody knows how many
 */
public record Lines(long skipped, List<ContainerLine> lines) {
    /** More than none. */
    public static final long SOME = -1;

    public Lines {
        lines = List.copyOf(lines);
    }
}
