package dev.signalbox.logs;

/**
 * Makes a printed line harmless to whoever reads it: of all that a terminal obeys only colours and styles are left. What
 * programs print may otherwise clear the screen, set titles, hide links or overwrite what stands before it.
 */
public final class TerminalText {
    static final int LONGEST = 64 << 10;
    static final String CUT = " [line cut]";

    private static final char ESCAPE = '\u001b';
    private static final char BELL = '\u0007';
    private static final char DELETE = '\u007f';
    /** The one-character forms of ESC [, ESC ] and ESC \. */
    private static final char CSI = '\u009b';

    private static final char OSC = '\u009d';
    private static final char STRING_END = '\u009c';
    /** Beginnings of the other strings that terminals swallow. */
    private static final String STRINGS = "\u0090\u0098\u009e\u009f";

    private static final String STRINGS_AFTER_ESCAPE = "PX^_";
    private static final String RESET = ESCAPE + "[0m";
    private static final int LONGEST_STYLE = 40;

    private final String text;
    private final boolean keepStyles;
    private final StringBuilder out;
    /** Behind these, no string ends any more: a line of nothing but beginnings is not searched again for each. */
    private final int lastBell;

    private final int lastStringEnd;
    private int at;
    private boolean styled;

    private TerminalText(String text, boolean keepStyles) {
        this.text = text;
        this.keepStyles = keepStyles;
        this.out = new StringBuilder(Math.min(text.length(), LONGEST) + CUT.length());
        this.lastBell = text.lastIndexOf(BELL);
        this.lastStringEnd = Math.max(text.lastIndexOf(STRING_END), text.lastIndexOf(ESCAPE + "\\"));
    }

    /** The line with its colours; they end where it ends. */
    public static String coloured(String line) {
        return isHarmless(line) ? line : new TerminalText(line, true).clean();
    }

    /** The line without colours. */
    public static String plain(String line) {
        return isHarmless(line) ? line : new TerminalText(line, false).clean();
    }

    private static boolean isHarmless(String line) {
        if (line.length() > LONGEST) return false;
        for (int i = 0; i < line.length(); i++) {
            var character = line.charAt(i);
            if (character != '\t' && !isPrintable(character)) return false;
        }
        return true;
    }

    private static boolean isPrintable(char character) {
        if (character < ' ' || (character >= DELETE && character <= '\u009f')) return false;
        // They change the direction of what follows, and with it the meaning that a reader sees.
        return !((character >= '\u202a' && character <= '\u202e') || (character >= '\u2066' && character <= '\u2069'));
    }

    private String clean() {
        while (at < text.length() && out.length() < LONGEST) {
            var character = text.charAt(at);
            if (character == ESCAPE) escape();
            else if (character == CSI) sequence(at + 1);
            else if (character == OSC) string(at + 1, true);
            else if (STRINGS.indexOf(character) >= 0) string(at + 1, false);
            else plain(character);
        }
        if (styled) out.append(RESET);
        if (at < text.length()) out.append(CUT);
        return out.toString();
    }

    private void plain(char character) {
        at++;
        if (character == '\t' || isPrintable(character)) out.append(character);
        // It would let the rest of the line overwrite its beginning.
        else if (character == '\r' && at < text.length()) out.append(' ');
    }

    private void escape() {
        int next = at + 1;
        var kind = next < text.length() ? text.charAt(next) : ESCAPE;
        if (kind == '[') sequence(next + 1);
        else if (kind == ']') string(next + 1, true);
        else if (STRINGS_AFTER_ESCAPE.indexOf(kind) >= 0) string(next + 1, false);
        else {
            int end = skip(next, ' ', '/');
            // Without a known end, only the escape character goes.
            at = end < text.length() && isBetween(text.charAt(end), '0', '~') ? end + 1 : at + 1;
        }
    }

    /** A control sequence: parameters, intermediates, and one letter that says what it does. */
    private void sequence(int from) {
        int parametersEnd = skip(from, '0', '?');
        int end = skip(parametersEnd, ' ', '/');
        boolean complete = end < text.length() && isBetween(text.charAt(end), '@', '~');
        if (complete && end == parametersEnd && text.charAt(end) == 'm') style(text.substring(from, end));
        at = complete ? end + 1 : end;
    }

    private void style(String parameters) {
        if (!keepStyles || parameters.length() > LONGEST_STYLE) return;
        // Anything but these makes it another command.
        if (!parameters.chars().allMatch(c -> Character.isDigit(c) || c == ';' || c == ':')) return;
        out.append(ESCAPE).append('[').append(parameters).append('m');
        styled = !(parameters.isEmpty() || parameters.equals("0"));
    }

    /** A string for the terminal itself, such as a title or a link. Without an end it is shown. */
    private void string(int from, boolean endsWithBell) {
        int last = endsWithBell ? Math.max(lastBell, lastStringEnd) : lastStringEnd;
        for (int i = from; i <= last; i++) {
            var character = text.charAt(i);
            if (character == STRING_END || (endsWithBell && character == BELL)) {
                at = i + 1;
                return;
            }
            if (character == ESCAPE && i + 1 < text.length() && text.charAt(i + 1) == '\\') {
                at = i + 2;
                return;
            }
        }
        at = from;
    }

    private int skip(int from, char first, char last) {
        int i = from;
        while (i < text.length() && isBetween(text.charAt(i), first, last)) i++;
        return i;
    }

    private static boolean isBetween(char character, char first, char last) {
        return character >= first && character <= last;
    }
}
