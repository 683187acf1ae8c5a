package dev.signalbox.web;

import java.util.List;

/**
 * A line of a log as pages show it, rendered by their templates or, when it comes later, by itself. Nothing that was
 * printed is ever more than text.
 *
 * @param number counts from 1
 * @param source who said it
 * @param style us, wrn, err or nothing
 */
record LogLine(long number, String time, String source, String style, List<TextPiece> pieces) {
    LogLine {
        pieces = List.copyOf(pieces);
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
        html.append(time).append("</time><b>").append(TextPiece.escaped(source)).append("</b><span>");
        return html.append(TextPiece.html(pieces)).append("</span></li>").toString();
    }
}
