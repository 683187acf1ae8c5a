package dev.signalbox.web;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.unbescape.html.HtmlEscape;

/**
 * A line of a log as pages show it, rendered by their templates or, when it comes later, by itself. Nothing that was
 * printed is ever more than text.
 *
 * @param number counts from 1
 * @param source who said it
 * @param style us, wrn, err or nothing
 */
record LogLine(long number, String time, String source, String style, List<TextPiece> pieces) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    LogLine {
        pieces = List.copyOf(pieces);
    }

    static String time(Instant at) {
        return TIME.format(at.atOffset(ZoneOffset.UTC));
    }

    /** The same without colours, with every place marked that reads like this. */
    LogLine marking(String plain, String wanted) {
        return new LogLine(number, time, source, style, TextPiece.marked(plain, wanted));
    }

    /** Where it can be linked to. */
    public String anchor() {
        return "L" + number;
    }

    /** The same that the template makes of it. */
    String html() {
        var html = new StringBuilder(160).append("<li id=\"").append(anchor()).append('"');
        if (!style.isEmpty()) html.append(" class=\"").append(style).append('"');
        html.append("><a href=\"#")
                .append(anchor())
                .append("\">")
                .append(number)
                .append("</a><time>");
        html.append(time).append("</time><b>").append(escaped(source)).append("</b><span>");
        for (var piece : pieces) {
            var text = escaped(piece.text());
            if (piece.isPlain()) html.append(text);
            else
                html.append("<span class=\"")
                        .append(piece.style())
                        .append("\">")
                        .append(text)
                        .append("</span>");
        }
        return html.append("</span></li>").toString();
    }

    private static String escaped(String text) {
        return HtmlEscape.escapeHtml4Xml(text);
    }
}
