package dev.signalbox.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.unbescape.html.HtmlEscape;

/**
 * A part of a printed line in one style. Of all that programs send to terminals only colours and weights are known here;
 * they become the names of classes, and the rest is text.
 *
 * @param style the classes; empty for plain text
 */
record TextPiece(String text, String style) {
    private static final char ESCAPE = '\u001b';
    private static final String FOUND = "found";
    /** Of one line; what comes after is one more, without colours. */
    private static final int MOST = 200;

    /** The parts of a line that {@link dev.signalbox.logs.TerminalText} has left harmless. */
    static List<TextPiece> of(String line) {
        if (line.indexOf(ESCAPE) < 0) return line.isEmpty() ? List.of() : List.of(new TextPiece(line, ""));
        var pieces = new ArrayList<TextPiece>();
        var rest = new StringBuilder();
        var style = new Style();
        int from = 0;
        while (true) {
            int escape = line.indexOf(ESCAPE, from);
            var text = line.substring(from, escape < 0 ? line.length() : escape);
            if (pieces.size() == MOST) rest.append(text);
            else if (!text.isEmpty()) pieces.add(new TextPiece(text, style.classes()));
            if (escape < 0) {
                if (!rest.isEmpty()) pieces.add(new TextPiece(rest.toString(), ""));
                return pieces;
            }
            int end = line.indexOf('m', escape);
            if (end < 0 || line.charAt(Math.min(escape + 1, line.length() - 1)) != '[') {
                from = escape + 1;
                continue;
            }
            style.apply(line.substring(escape + 2, end));
            from = end + 1;
        }
    }

    /** The line without colours. */
    static String plain(String line) {
        if (line.indexOf(ESCAPE) < 0) return line;
        var text = new StringBuilder();
        of(line).forEach(piece -> text.append(piece.text()));
        return text.toString();
    }

    /** A line without colours, in which every place that reads like this is marked. */
    static List<TextPiece> marked(String plain, String wanted) {
        var pieces = new ArrayList<TextPiece>();
        var lower = plain.toLowerCase(Locale.ROOT);
        var small = wanted.toLowerCase(Locale.ROOT);
        int from = 0;
        for (int at = lower.indexOf(small); at >= 0 && pieces.size() < MOST && lower.length() == plain.length(); ) {
            if (at > from) pieces.add(new TextPiece(plain.substring(from, at), ""));
            pieces.add(new TextPiece(plain.substring(at, at + small.length()), FOUND));
            from = at + small.length();
            at = lower.indexOf(small, from);
        }
        if (from < plain.length()) pieces.add(new TextPiece(plain.substring(from), ""));
        return pieces;
    }

    /** The same that the template makes of them. */
    static String html(List<TextPiece> pieces) {
        var html = new StringBuilder(120);
        for (var piece : pieces) {
            var text = escaped(piece.text);
            if (piece.style.isEmpty()) html.append(text);
            else if (piece.style.equals(FOUND))
                html.append("<mark>").append(text).append("</mark>");
            else
                html.append("<span class=\"")
                        .append(piece.style)
                        .append("\">")
                        .append(text)
                        .append("</span>");
        }
        return html.toString();
    }

    static String escaped(String text) {
        return HtmlEscape.escapeHtml4Xml(text);
    }

    /** What a terminal would write in, while it reads a line. */
    private static final class Style {
        private String colour = "";
        private boolean bold;
        private boolean faint;

        void apply(String parameters) {
            var codes = parameters.split("[;:]", -1);
            for (int i = 0; i < codes.length; i++) {
                var code = codes[i];
                if (code.equals("38") || code.equals("48")) {
                    // Another palette: what it says of its colour is not another code.
                    i += i + 1 < codes.length && codes[i + 1].equals("5") ? 2 : 4;
                } else {
                    apply(code.isEmpty() ? 0 : number(code));
                }
            }
        }

        private void apply(int code) {
            switch (code) {
                case 0 -> {
                    colour = "";
                    bold = false;
                    faint = false;
                }
                case 1 -> bold = true;
                case 2 -> faint = true;
                case 22 -> {
                    bold = false;
                    faint = false;
                }
                case 31, 91 -> colour = "bad";
                case 32, 92 -> colour = "ok";
                case 33, 93 -> colour = "warn";
                case 34, 35, 36, 94, 95, 96 -> colour = "tint";
                case 90 -> colour = "dim";
                case 30, 37, 39, 97 -> colour = "";
                default -> {}
            }
        }

        private static int number(String code) {
            return code.length() <= 3 && code.chars().allMatch(Character::isDigit) ? Integer.parseInt(code) : -1;
        }

        String classes() {
            var classes = new ArrayList<String>();
            if (!colour.isEmpty()) classes.add(colour);
            if (bold) classes.add("strong");
            if (faint && colour.isEmpty()) classes.add("dim");
            return String.join(" ", classes);
        }
    }
}
