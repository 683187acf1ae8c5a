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
 * @param flaw what went wrong meanwhile though the step was taken; null when nothing did
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
        @Nullable String flaw,
        List<String> plates) {
    StepRow {
        plates = List.copyOf(plates);
    }

    static StepRow of(String style, Track track, @Nullable Lamp lamp, boolean left, String title) {
        return new StepRow(style, track, lamp, left, title, null, null, null, null, null, List.of());
    }

    StepRow taking(@Nullable String span) {
        return new StepRow(style, track, lamp, left, title, span, ticking, command, detail, flaw, plates);
    }

    StepRow since(Ticking begin) {
        return new StepRow(style, track, lamp, left, title, time, begin, command, detail, flaw, plates);
    }

    StepRow running(@Nullable String text) {
        return new StepRow(style, track, lamp, left, title, time, ticking, text, detail, flaw, plates);
    }

    StepRow saying(@Nullable String text) {
        return new StepRow(style, track, lamp, left, title, time, ticking, command, text, flaw, plates);
    }

    StepRow despite(@Nullable String text) {
        return new StepRow(style, track, lamp, left, title, time, ticking, command, detail, text, plates);
    }

    StepRow under(List<String> numbers) {
        return new StepRow(style, track, lamp, left, title, time, ticking, command, detail, flaw, numbers);
    }
}
