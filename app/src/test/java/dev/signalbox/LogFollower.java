package dev.signalbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Reads the stream of a log page, and counts the lines, the gaps that it is told of, and those that it is not. */
final class LogFollower {
    private static final Pattern ENTRY = Pattern.compile("class=\"gap\"|>line (\\d+)<");
    private static final long NONE = -1;

    private long lines;
    private long told;
    private long untold;
    private long last = NONE;
    private boolean gap;

    void read(InputStream stream, PanelLoad load) throws IOException {
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (var text = reader.readLine(); text != null && !load.isOver(); text = reader.readLine()) note(text);
        }
    }

    private void note(String text) {
        var entry = ENTRY.matcher(text);
        while (entry.find()) {
            if (entry.group(1) == null) noteGap();
            else note(Long.parseLong(entry.group(1)));
        }
    }

    private synchronized void noteGap() {
        gap = true;
    }

    private synchronized void note(long number) {
        lines++;
        if (last != NONE && number != last + 1) {
            if (gap) told++;
            else untold++;
        }
        gap = false;
        last = number;
    }

    /** What was read so far does not count. */
    synchronized void beginAnew() {
        lines = 0;
        told = 0;
        untold = 0;
    }

    synchronized long lines() {
        return lines;
    }

    /** Gaps that a line says there are. */
    synchronized long told() {
        return told;
    }

    /** Lines that are missing without a word. */
    synchronized long untold() {
        return untold;
    }
}
