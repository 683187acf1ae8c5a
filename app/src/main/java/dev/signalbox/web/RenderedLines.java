package dev.signalbox.web;

import dev.signalbox.logs.ContainerLine;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Renders lines and remembers the newest: a hundred who follow one log want the same ones, at about the same time. */
final class RenderedLines {
    private static final int BITS = 12;
    /** Positions of lines are not evenly spread; their products with this are. */
    private static final long SPREAD = 0x9e3779b97f4a7c15L;
    /** Characters; few lines are longer, and those would fill the memory. */
    private static final int WORTH_IT = 1_000;

    private final AtomicReferenceArray<@Nullable Rendered> newest = new AtomicReferenceArray<>(1 << BITS);

    private record Rendered(ContainerLine line, String html) {}

    String html(ContainerLine line) {
        int slot = (int) ((line.position() * SPREAD) >>> (Long.SIZE - BITS));
        var known = newest.get(slot);
        if (known != null && known.line().equals(line)) return known.html();
        var html = AppLine.of(line).html();
        if (html.length() <= WORTH_IT) newest.set(slot, new Rendered(line, html));
        return html;
    }
}
