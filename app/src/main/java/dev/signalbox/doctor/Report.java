package dev.signalbox.doctor;

import dev.signalbox.doctor.Finding.Verdict;
import java.util.List;

/** All that was found, for a person and for a script. */
public record Report(List<Line> lines) {
    record Line(String subject, Finding finding) {}

    public Report {
        lines = List.copyOf(lines);
    }

    /** Whether nothing failed. */
    public boolean isWell() {
        return count(Verdict.FAIL) == 0;
    }

    /** One line for each check and one for each fix, in columns. */
    public String text() {
        var width =
                lines.stream().mapToInt(line -> line.subject().length()).max().orElse(0);
        var text = new StringBuilder();
        for (var line : lines) {
            var finding = line.finding();
            text.append(padded(finding.verdict().word(), 4));
            text.append(padded(line.subject(), width))
                    .append(finding.sentence())
                    .append('\n');
            if (!finding.fix().isEmpty()) {
                text.append(padded("", 4)).append(padded("", width));
                text.append("Fix: ").append(finding.fix()).append('\n');
            }
        }
        return text.append('\n').append(summary()).toString();
    }

    private static String padded(String word, int width) {
        return word + " ".repeat(width - word.length() + 2);
    }

    private String summary() {
        var failed = count(Verdict.FAIL);
        var warned = count(Verdict.WARN);
        if (failed + warned == 0) return "All is well.";
        return failed + " failed, " + warned + " to look at, " + count(Verdict.OK) + " well.";
    }

    private long count(Verdict verdict) {
        return lines.stream()
                .filter(line -> line.finding().verdict() == verdict)
                .count();
    }
}
