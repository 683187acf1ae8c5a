package dev.signalbox.builds;

/** Makes text out of a repository fit to stand in a sentence: one line, no control characters, not endless. */
final class PlainText {
    private static final int LONGEST = 200;

    private PlainText() {}

    static String of(String text) {
        var plain = new StringBuilder();
        text.codePoints().limit(LONGEST + 1L).forEach(c -> plain.appendCodePoint(isPrintable(c) ? c : '?'));
        return plain.codePointCount(0, plain.length()) <= LONGEST
                ? plain.toString()
                : plain.substring(0, plain.offsetByCodePoints(0, LONGEST)) + "…";
    }

    /** Format characters are out as well: some of them turn the direction in which a terminal prints. */
    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
