package dev.signalbox.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a deployment as its page shows it.
 *
 * @param style done, now, todo or ends
 * @param lamp null where there is none
 * @param left whether the lamp is on the line that serves
 * @param ticking where a clock goes on
 * @param command what ran, if it is worth saying
 * @param plates the numbers over the lines
 */
record StepRow(
        String style,
        Track track,
        @Nullable Lamp lamp,
        boolean left,
        String title,
        @Nullable String time,
        @Nullable Ticking ticking,
        @Nullable String command,
        @Nullable String detail,
        List<String> plates) {
    StepRow {
        plates = List.copyOf(plates);
    }

    StepRow with(Lamp other) {
        return new StepRow(style, track, other, left, title, time, ticking, command, detail, plates);
    }

    StepRow styled(String other) {
        return new StepRow(other, track, lamp, left, title, time, ticking, command, detail, plates);
    }
}
