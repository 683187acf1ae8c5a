package dev.signalbox.web;

import dev.signalbox.deploys.State;
import dev.signalbox.logs.DeploymentLog;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The log beside the steps. It is read when the template asks for its lines, so that a fragment of the page without them
 * costs nothing.
 *
 * @param find what lines have to hold; empty for all of them
 * @param whole whether as many lines as there is room for are wanted
 * @param isOpen whether more lines come
 * @param hasFailed whether its last words are what is wanted
 */
record DeploymentLogPanel(
        String path, String find, boolean whole, boolean isOpen, boolean hasFailed, Supplier<Lines> reading) {
    /** What fits into a page that stays small. */
    static final int MOST = 200;

    private static final int LAST_WORDS = 50;
    private static final int FEW = 30;

    /** What is shown of it: all that could be read, and of these the ones that are wanted. */
    record Lines(List<LogLine> shown, int read, long last) {
        Lines {
            shown = List.copyOf(shown);
        }
    }

    static DeploymentLogPanel of(DeploymentFacts facts, DeploymentLog log, String path, String find, boolean whole) {
        var failed = facts.deployment().state() == State.FAILED;
        var most = whole ? Integer.MAX_VALUE : failed ? LAST_WORDS : MOST;
        return new DeploymentLogPanel(
                path, find, whole, !facts.isOver(), failed, new Once(() -> read(log, find, most)));
    }

    private static Lines read(DeploymentLog log, String find, int most) {
        var entries = log.read();
        var reading = LogReading.fromStart();
        var lines = entries.stream().filter(LogReading::says).map(reading::read).toList();
        var last = entries.isEmpty() ? 0 : entries.getLast().number();
        var wanted = find.isEmpty()
                ? lines
                : lines.stream()
                        .<LogLine>mapMulti((line, to) -> {
                            var text = TextPiece.plain(text(line));
                            if (text.toLowerCase(Locale.ROOT).contains(find.toLowerCase(Locale.ROOT)))
                                to.accept(line.marking(text, find));
                        })
                        .toList();
        return new Lines(wanted.subList(Math.max(0, wanted.size() - most), wanted.size()), wanted.size(), last);
    }

    private static String text(LogLine line) {
        var text = new StringBuilder();
        line.pieces().forEach(piece -> text.append(piece.text()));
        return text.toString();
    }

    /** Whether it needs no room of its own that scrolls. */
    public boolean isBrief() {
        return !isOpen && (isLastWords() || lines().size() <= FEW);
    }

    private boolean isLastWords() {
        return hasFailed && !whole && find.isEmpty();
    }

    public String title() {
        return isLastWords() ? "Last lines before the end" : "Log";
    }

    public List<LogLine> lines() {
        return reading.get().shown();
    }

    long last() {
        return reading.get().last();
    }

    /** Whether there is more than is shown. */
    public boolean isCut() {
        return reading.get().read() > reading.get().shown().size();
    }

    /** Whether new lines come into this page by themselves. */
    public boolean follows() {
        return isOpen && find.isEmpty();
    }

    /** What stands below it. */
    public @Nullable String says() {
        if (!find.isEmpty()) {
            var found = reading.get().read();
            return (found == 1 ? "1 line" : String.format(Locale.ROOT, "%,d lines", found)) + " with \u201c" + find
                    + "\u201d.";
        }
        if (isOpen) return null;
        return reading.get().read() == 0 ? "Nothing was written." : "The log has ended.";
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
        return String.format(Locale.ROOT, "Whole log, %,d lines", reading.get().last());
    }

    public String raw() {
        return path + "/log.txt";
    }

    /** Asked for the first time, it is found out; afterwards it is known. */
    private static final class Once implements Supplier<Lines> {
        private final Supplier<Lines> first;
        private @Nullable Lines known;

        Once(Supplier<Lines> first) {
            this.first = first;
        }

        @Override
        public Lines get() {
            if (known == null) known = first.get();
            return known;
        }
    }
}
