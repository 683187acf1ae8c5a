package dev.signalbox.web;

import dev.signalbox.deploys.State;
import dev.signalbox.logs.DeploymentLog.Entry;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The log beside the steps. Its lines are at hand before the page is rendered: who renders holds up others who do.
 *
 * @param find what lines have to hold; empty for all of them
 * @param whole whether as many lines as there is room for are wanted
 * @param isOpen whether more lines come
 * @param hasFailed whether its last words are what is wanted
 * @param lines what is shown of it
 * @param wanted how many lines there are to show
 * @param last the number of the last line of all
 */
record DeploymentLogPanel(
        String path,
        String find,
        boolean whole,
        boolean isOpen,
        boolean hasFailed,
        List<LogLine> lines,
        int wanted,
        long last) {
    /** What fits into a page that stays small. */
    static final int MOST = 200;

    private static final int LAST_WORDS = 50;
    private static final int FEW = 30;

    DeploymentLogPanel {
        lines = List.copyOf(lines);
    }

    static DeploymentLogPanel of(DeploymentFacts facts, List<Entry> log, String path, String find, boolean whole) {
        var failed = facts.deployment().state() == State.FAILED;
        var most = whole ? Integer.MAX_VALUE : failed ? LAST_WORDS : MOST;
        var wanted = wanted(log, find);
        return new DeploymentLogPanel(
                path,
                find,
                whole,
                !facts.isOver(),
                failed,
                wanted.subList(Math.max(0, wanted.size() - most), wanted.size()),
                wanted.size(),
                log.isEmpty() ? 0 : log.getLast().number());
    }

    private static List<LogLine> wanted(List<Entry> log, String find) {
        var reading = LogReading.fromStart();
        var lines = log.stream().filter(LogReading::says).map(reading::read).toList();
        if (find.isEmpty()) return lines;
        var sought = find.toLowerCase(Locale.ROOT);
        return lines.stream()
                .<LogLine>mapMulti((line, to) -> {
                    var text = TextPiece.plain(text(line));
                    if (text.toLowerCase(Locale.ROOT).contains(sought)) to.accept(line.marking(text, find));
                })
                .toList();
    }

    private static String text(LogLine line) {
        var text = new StringBuilder();
        line.pieces().forEach(piece -> text.append(piece.text()));
        return text.toString();
    }

    /** Whether it needs no room of its own that scrolls. */
    public boolean isBrief() {
        return !isOpen && (isLastWords() || lines.size() <= FEW);
    }

    private boolean isLastWords() {
        return hasFailed && !whole && find.isEmpty();
    }

    public String title() {
        return isLastWords() ? "Last lines before the end" : "Log";
    }

    /** Whether there is more than is shown. */
    public boolean isCut() {
        return wanted > lines.size();
    }

    /** Whether new lines come into this page by themselves. */
    public boolean follows() {
        return isOpen && find.isEmpty();
    }

    /** What stands below it. */
    public @Nullable String says() {
        if (!find.isEmpty()) {
            return (wanted == 1 ? "1 line" : String.format(Locale.ROOT, "%,d lines", wanted)) + " with \u201c" + find
                    + "\u201d.";
        }
        if (isOpen) return null;
        return wanted == 0 ? "Nothing was written." : "The log has ended.";
    }

    public String wholePath() {
        return path + "?log=whole";
    }

    /** Where this view of it is. */
    public String address() {
        if (!find.isEmpty()) return path + "?find=" + URLEncoder.encode(find, StandardCharsets.UTF_8);
        return whole ? wholePath() : path;
    }

    public String wholeTitle() {
        return String.format(Locale.ROOT, "Whole log, %,d lines", last);
    }

    public String raw() {
        return path + "/log.txt";
    }
}
