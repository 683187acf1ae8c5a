package dev.signalbox.web;

import dev.signalbox.logs.ContainerLine;
import java.util.List;

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
                Moment.exactTime(line.at()),
                line.error() ? "ERR" : "OUT",
                line.source(),
                line.error() ? "err" : "",
                pieces);
    }

    /** The same that the template makes of it. */
    String html() {
        var html = new StringBuilder(200).append(style.isEmpty() ? "<li>" : "<li class=\"" + style + "\">");
        html.append("<time>").append(time).append("</time><b>").append(output).append("</b><b>");
        html.append(TextPiece.escaped(source)).append("</b><span>");
        return html.append(TextPiece.html(pieces)).append("</span></li>").toString();
    }
}
