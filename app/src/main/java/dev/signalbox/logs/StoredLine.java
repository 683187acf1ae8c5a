package dev.signalbox.logs;

import dev.signalbox.engine.ContainerId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** A line as it stands in a file: when, by which container, on which output, and what. */
record StoredLine(Instant at, String container, boolean error, String source, String text) {
    private static final int ID_LENGTH = 12;

    /** Enough of a container's id to tell it from others. */
    static String brief(ContainerId container) {
        var id = container.value();
        return id.substring(Math.max(0, id.length() - ID_LENGTH));
    }

    /** A source must not hold the tab that ends it. */
    static String sourceOf(String label) {
        return TerminalText.plain(label).replace('\t', ' ');
    }

    String written() {
        return at + " " + container + (error ? " e " : " o ") + source + "\t" + text.replace('\n', ' ');
    }

    /** Empty for what was not written by us. */
    static Optional<StoredLine> parse(String line) {
        var head = line.split(" ", 4);
        int tab = line.indexOf('\t');
        if (head.length < 4 || tab < 0) return Optional.empty();
        try {
            int source = line.length() - head[3].length();
            return Optional.of(new StoredLine(
                    Instant.parse(head[0]),
                    head[1],
                    head[2].equals("e"),
                    line.substring(source, Math.max(source, tab)),
                    line.substring(tab + 1)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** As people may see it. */
    ContainerLine shown(long position) {
        return new ContainerLine(at, source, error, TerminalText.coloured(text), position);
    }
}
