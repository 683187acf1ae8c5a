package dev.signalbox.web;

import dev.signalbox.deploys.Step;
import dev.signalbox.deploys.SwitchScore;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a switch cost those who asked meanwhile, in a line.
 *
 * @param style ok, bad or idle
 * @param marks where on the line from its beginning to its end requests failed, in percent
 * @param moments when that was; null when none failed
 */
record SwitchLine(
        String style,
        String text,
        List<String> marks,
        @Nullable String moments) {
    private static final int MOST_TOLD = 8;

    SwitchLine {
        marks = List.copyOf(marks);
    }

    static SwitchLine of(SwitchScore score) {
        var end = score.endedAt();
        if (end == null) {
            return new SwitchLine(
                    "idle", "Not measured to the end: Signalbox was stopped during the switch.", List.of(), null);
        }
        var text = String.format(
                Locale.ROOT, "%,d asked, %,d failed, slowest %s", score.asked(), score.failed(), fine(score.slowest()));
        if (score.failed() == 0) return new SwitchLine("ok", text, List.of(), null);
        var length = Duration.between(score.beganAt(), end);
        return new SwitchLine(
                "bad",
                text,
                score.failures().stream().map(at -> percent(at, length)).toList(),
                moments(score));
    }

    /** How many failed while this step was taken; null when none did. */
    static @Nullable String failedDuring(Step step, @Nullable SwitchScore score) {
        if (score == null || step.finishedAt() == null) return null;
        long failed = score.failures().stream()
                .map(score.beganAt()::plus)
                .filter(at -> !at.isBefore(step.startedAt()) && at.isBefore(step.finishedAt()))
                .count();
        return failed == 0 ? null : Sizes.count(failed, "request") + " failed meanwhile";
    }

    private static String moments(SwitchScore score) {
        var told =
                score.failures().stream().limit(MOST_TOLD).map(SwitchLine::fine).collect(Collectors.joining(", "));
        long more = score.failed() - Math.min(score.failures().size(), MOST_TOLD);
        return "Failed " + told + (more == 0 ? "" : " and " + more + " times more") + " after it began";
    }

    private static String percent(Duration at, Duration length) {
        double share = (double) at.toMillis() / Math.max(1, length.toMillis());
        return String.format(Locale.ROOT, "%.1f%%", Math.min(99, 100 * share));
    }

    /** 38 ms, 1.24 s. */
    private static String fine(Duration duration) {
        var millis = duration.toMillis();
        return millis < 1000 ? millis + " ms" : String.format(Locale.ROOT, "%.2f s", millis / 1000.0);
    }
}
