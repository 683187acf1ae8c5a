package dev.signalbox.web;

import dev.signalbox.logs.ContainerLine;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.unbescape.html.HtmlEscape;

/**
 * A line that an app printed, as its page shows it: rendered by the template, or, when it comes later, by itself. Nothing
 * that was printed is ever more than text.
 *
 * @param output OUT or ERR
 * @param style err or nothing
 */
record AppLine(String time, String output, String source, String style, List<TextPiece> pieces) {
    AppLine {
        pieces = List.copyOf(pieces);
    }

    static AppLine of(ContainerLine line) {
        return of(line, TextPiece.of(line.text()));
    }

    /** With every place marked that reads like this; then without colours. */
    static AppLine marking(ContainerLine line, String wanted) {
        return wanted.isEmpty() ? of(line) : of(line, TextPiece.marked(TextPiece.plain(line.text()), wanted));
    }

    private static AppLine of(ContainerLine line, List<TextPiece> pieces) {
        return new AppLine(
                time(line.at()), line.error() ? "ERR" : "OUT", line.source(), line.error() ? "err" : "", pieces);
    }

    /** 14:31:41.208; by hand, since a formatter takes longer than all the rest of a line. */
    private static String time(Instant at) {
        var time = at.atOffset(ZoneOffset.UTC);
        var text = new StringBuilder(12);
        digits(text, time.getHour(), 10).append(':');
        digits(text, time.getMinute(), 10).append(':');
        digits(text, time.getSecond(), 10).append('.');
        return digits(text, time.getNano() / 1_000_000, 100).toString();
    }

    private static StringBuilder digits(StringBuilder text, int number, int highest) {
        for (int unit = highest; unit > 0; unit /= 10) text.append((char) ('0' + number / unit % 10));
        return text;
    }

    /** The same that the template makes of it. */
    String html() {
        var html = new StringBuilder(200).append(style.isEmpty() ? "<li>" : "<li class=\"" + style + "\">");
        html.append("<time>").append(time).append("</time><b>").append(output).append("</b><b>");
        html.append(escaped(source)).append("</b><span>");
        for (var piece : pieces) {
            var text = escaped(piece.text());
            if (piece.isPlain()) html.append(text);
            else if (piece.style().equals(TextPiece.FOUND))
                html.append("<mark>").append(text).append("</mark>");
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
