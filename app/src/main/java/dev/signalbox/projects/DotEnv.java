package dev.signalbox.projects;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Reads what people keep in {@code .env} files: {@code NAME=value} lines, with {@code export}, comments and quotes. It
 * guesses nothing: what cannot be meant is refused with its line. A dollar sign is a dollar sign.
 */
public final class DotEnv {
    private static final String EXPORT = "export";

    private final String text;
    private final SequencedMap<String, Entry> entries = new LinkedHashMap<>();
    private int at;
    private int line = 1;

    private DotEnv(String text) {
        this.text = text;
    }

    /**
     * A variable.
     *
     * @param line where it begins, counted from 1
     */
    public record Entry(int line, String value) {}

    /** What came of reading. */
    public sealed interface Parsed {
        /** By name, in the order in which they stand there. */
        record Done(SequencedMap<String, Entry> entries) implements Parsed {}

        /**
         * A line that cannot be meant.
         *
         * @param sentence what is wrong there, without what stands there, which may be secret
         */
        record Wrong(int line, String sentence) implements Parsed {}
    }

    public static Parsed parse(String text) {
        var plain = text.startsWith("\ufeff") ? text.substring(1) : text;
        try {
            return new DotEnv(plain.replace("\r\n", "\n").replace('\r', '\n')).read();
        } catch (WrongLine e) {
            return new Parsed.Wrong(e.line, e.sentence);
        }
    }

    private Parsed read() throws WrongLine {
        while (at < text.length()) {
            skipBlanks();
            if (at < text.length() && text.charAt(at) != '\n') {
                if (text.charAt(at) == '#') skipLine();
                else entry();
            }
            if (at < text.length()) next();
        }
        return new Parsed.Done(entries);
    }

    private void entry() throws WrongLine {
        int begin = line;
        var name = name();
        skipBlanks();
        var value = at < text.length() && isQuote(text.charAt(at)) ? quoted() : bare();
        var before = entries.putIfAbsent(name, new Entry(begin, value));
        if (before != null) throw wrong(begin, "this variable stands in line " + before.line() + " already");
    }

    private String name() throws WrongLine {
        int equals = text.indexOf('=', at);
        int end = endOfLine();
        if (equals < 0 || equals > end) throw wrong(line, "write NAME=value, or begin a comment with #");
        var name = text.substring(at, equals).strip();
        if (name.startsWith(EXPORT) && name.length() > EXPORT.length() && isBlank(name.charAt(EXPORT.length()))) {
            name = name.substring(EXPORT.length()).strip();
        }
        if (!Variables.isName(name)) throw wrong(line, Variables.NAME_RULE);
        at = equals + 1;
        return name;
    }

    /** Up to the end of the line, or to a comment with a blank before it. */
    private String bare() {
        int end = endOfLine();
        int stop = at;
        while (stop < end && !(text.charAt(stop) == '#' && isBlank(text.charAt(stop - 1)))) stop++;
        var value = text.substring(at, stop).strip();
        at = end;
        return value;
    }

    /** Up to the same quote, over as many lines as it takes; between double quotes a backslash means something. */
    private String quoted() throws WrongLine {
        int begin = line;
        char quote = next();
        var value = new StringBuilder();
        while (at < text.length()) {
            char character = next();
            if (character == quote) {
                endAfterQuote();
                return value.toString();
            }
            if (quote == '"' && character == '\\' && at < text.length()) escaped(value);
            else value.append(character);
        }
        throw wrong(begin, "the quote " + quote + " that begins here never ends");
    }

    private void escaped(StringBuilder value) {
        char character = next();
        switch (character) {
            case 'n' -> value.append('\n');
            case 'r' -> value.append('\r');
            case 't' -> value.append('\t');
            case '"', '\\', '$', '`' -> value.append(character);
            default -> value.append('\\').append(character);
        }
    }

    private void endAfterQuote() throws WrongLine {
        skipBlanks();
        if (at == text.length() || text.charAt(at) == '\n') return;
        if (text.charAt(at) != '#') throw wrong(line, "only a comment may follow the closing quote");
        skipLine();
    }

    private char next() {
        char character = text.charAt(at++);
        if (character == '\n') line++;
        return character;
    }

    private void skipBlanks() {
        while (at < text.length() && isBlank(text.charAt(at))) at++;
    }

    private void skipLine() {
        at = endOfLine();
    }

    private int endOfLine() {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    private static boolean isBlank(char character) {
        return character == ' ' || character == '\t';
    }

    private static boolean isQuote(char character) {
        return character == '"' || character == '\'';
    }

    private static WrongLine wrong(int line, String sentence) {
        return new WrongLine(line, sentence);
    }

    /** Ends the reading. */
    private static final class WrongLine extends Exception {
        private static final long serialVersionUID = 1L;

        private final int line;
        private final String sentence;

        private WrongLine(int line, String sentence) {
            super(sentence, null, false, false);
            this.line = line;
            this.sentence = sentence;
        }
    }
}
