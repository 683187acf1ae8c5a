package dev.signalbox.logs;

import java.util.Locale;

/** Which lines of a log somebody wants to see. */
public final class LogFilter {
    public static final LogFilter ALL = new LogFilter("", false);

    /** As much of a line as is searched, so that nobody can print lines that keep the machine busy. */
    private static final int LONGEST = 8_192;

    private final String words;
    private final boolean errorsOnly;

    /**
     * A filter for as many lines as there are.
     *
     * @param text what stands in them, letter by letter, capitals and colours aside; empty for all
     * @param errorsOnly only what came on the error output
     */
    public LogFilter(String text, boolean errorsOnly) {
        this.words = text.toLowerCase(Locale.ROOT);
        this.errorsOnly = errorsOnly;
    }

    public boolean wants(ContainerLine line) {
        return wants(line.error(), line.text());
    }

    boolean wants(StoredLine line) {
        return wants(line.error(), line.text());
    }

    private boolean wants(boolean error, String text) {
        if (errorsOnly && !error) return false;
        if (words.isEmpty()) return true;
        var plain = TerminalText.plain(text);
        return plain.substring(0, Math.min(plain.length(), LONGEST))
                .toLowerCase(Locale.ROOT)
                .contains(words);
    }
}
