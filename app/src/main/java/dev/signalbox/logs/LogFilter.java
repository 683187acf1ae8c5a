package dev.signalbox.logs;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which lines of a log somebody wants to see. */
public final class LogFilter {
    public static final LogFilter ALL = new LogFilter("", false);

    private final @Nullable Pattern words;
    private final boolean errorsOnly;

    /**
     * A filter for as many lines as there are.
     *
     * @param text what stands in them, letter by letter, capitals and colours aside; empty for all
     * @param errorsOnly only what came on the error output
     */
    public LogFilter(String text, boolean errorsOnly) {
        this.words = text.isEmpty()
                ? null
                : Pattern.compile(text, Pattern.LITERAL | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
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
        return words == null || words.matcher(TerminalText.plain(text)).find();
    }
}
