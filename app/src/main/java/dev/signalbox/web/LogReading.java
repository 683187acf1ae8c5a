package dev.signalbox.web;

import dev.signalbox.logs.DeploymentLog.Entry;
import dev.signalbox.logs.DeploymentLog.Voice;
import java.util.regex.Pattern;

/** Reads the log of a deployment line by line: who says it, and whether somebody should look at it. */
final class LogReading {
    private static final String OURS = "signalbox";
    private static final int BEGINNING = 300;
    private static final Pattern PREFIX =
            Pattern.compile("^ {2}([a-z][a-z0-9-]*(?:\\.[0-9]+)?) \\| ?(.*)$", Pattern.DOTALL);
    private static final Pattern ERROR = Pattern.compile(
            "^\\W{0,80}+(?:[\\w.$]{0,120}(?:Error|Exception)\\b|error[: \\[]|ERROR\\b|FATAL\\b|fatal:|panic:|npm (?:ERR!|error)|Traceback \\()");
    private static final Pattern BELOW_ERROR = Pattern.compile("^\\s+(?:at |File \")");
    private static final Pattern WARNING =
            Pattern.compile("^(?:\\W{0,80}+(?:npm )?warn(?:ing)?\\b|\\s{0,80}+\\(!\\))", Pattern.CASE_INSENSITIVE);

    private String printing;
    private boolean inError;

    /** @param printing who prints what has no name before it, at first */
    LogReading(String printing) {
        this.printing = printing;
    }

    static LogReading fromStart() {
        return new LogReading("build");
    }

    /** Whether there is anything to show: our own blank lines part paragraphs in a terminal. */
    static boolean says(Entry entry) {
        return !entry.ours() || !entry.text().isEmpty();
    }

    LogLine read(Entry entry) {
        return entry.ours() ? ours(entry) : printed(entry);
    }

    private LogLine ours(Entry entry) {
        var text = entry.text();
        if (text.startsWith("Release ")) printing = "release";
        else if (text.startsWith("Start ")) printing = "app";
        inError = false;
        var isOfBuild = printing.equals("build") && text.startsWith("  ");
        var style = entry.voice() == Voice.TROUBLE ? "wrn" : isOfBuild ? "" : "us";
        return line(entry, isOfBuild ? printing : OURS, style, isOfBuild ? text.substring(2) : text);
    }

    private LogLine printed(Entry entry) {
        var prefix = PREFIX.matcher(entry.text());
        if (prefix.matches()) return line(entry, prefix.group(1), styleOf(prefix.group(2)), prefix.group(2));
        int indent = printing.equals("build") ? 4 : 2;
        var text = entry.text().startsWith(" ".repeat(indent)) ? entry.text().substring(indent) : entry.text();
        return line(entry, printing, styleOf(text), text);
    }

    private String styleOf(String text) {
        // What a line is shows at its beginning; apps print as much as they like, and may choose what is slow to read.
        var plain = TextPiece.plain(text.substring(0, Math.min(text.length(), BEGINNING)));
        inError = ERROR.matcher(plain).find()
                || (inError && BELOW_ERROR.matcher(plain).find());
        if (inError) return "err";
        return WARNING.matcher(plain).find() ? "wrn" : "";
    }

    private static LogLine line(Entry entry, String source, String style, String text) {
        return new LogLine(entry.number(), Moment.exactTime(entry.at()), source, style, TextPiece.of(text));
    }
}
