package dev.signalbox.git;

import java.util.regex.Pattern;

/** Makes text fit to be printed on somebody else's terminal. */
final class Terminal {
    private static final int LONGEST = 2_000;
    /** CSI and OSC sequences, and whatever else follows an escape. */
    private static final Pattern ESCAPES = Pattern.compile(
            "\\u001b(?:\\[[0-?]{0,64}[ -/]{0,8}[@-~]|\\][^\\u0007\\u001b]{0,1000}(?:\\u0007|\\u001b\\\\)?|.)?");

    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\\t]]");

    private Terminal() {}

    /** One line: without escape sequences, control and format characters, and not endless. */
    static String line(String text) {
        var head = text.length() > 2 * LONGEST ? text.substring(0, 2 * LONGEST) : text;
        var clean = CONTROLS.matcher(ESCAPES.matcher(head).replaceAll("")).replaceAll("");
        if (head.length() == text.length() && clean.length() <= LONGEST) return clean;
        return clean.substring(0, Math.min(clean.length(), LONGEST)) + " [line cut]";
    }

    /** A path, in which what cannot be seen is spelled out. */
    static String path(String text) {
        var visible = new StringBuilder();
        text.codePoints().forEach(point -> {
            int type = Character.getType(point);
            if (type == Character.FORMAT || type == Character.CONTROL) visible.append("\\u%04x".formatted(point));
            else visible.appendCodePoint(point);
        });
        return line(visible.toString());
    }

    /** A title in the middle of a line. */
    static String title(String text, int longest) {
        var line = line(text);
        return line.length() <= longest ? line : line.substring(0, longest - 3) + "...";
    }
}
