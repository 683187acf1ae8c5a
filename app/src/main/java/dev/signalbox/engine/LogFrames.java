package dev.signalbox.engine;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes Docker's log stream apart: frames of both outputs, each with the time in front, long lines in several frames.
 */
final class LogFrames {
    private static final int HEADER = 8;
    private static final int STDERR = 2;

    /** Docker breaks lines into pieces of this size. */
    private static final int PIECE = 16 << 10;

    private static final int LONGEST_LINE = 64 << 10;
    private static final String CUT = " [line cut]";

    private final Line out = new Line(false);
    private final Line err = new Line(true);
    private final Consumer<LogLine> lines;

    LogFrames(Consumer<LogLine> lines) {
        this.lines = lines;
    }

    /** Reads until the stream ends. */
    void read(InputStream stream) throws IOException {
        var header = new byte[HEADER];
        while (true) {
            int got = stream.readNBytes(header, 0, HEADER);
            if (got == 0) break;
            if (got < HEADER) throw new EOFException("a log frame was cut off");
            int size = ByteBuffer.wrap(header).getInt(4);
            var payload = stream.readNBytes(size);
            if (payload.length < size) throw new EOFException("a log frame was cut off");
            (header[0] == STDERR ? err : out).add(payload);
        }
        out.end();
        err.end();
    }

    /** What one output has printed since its last line end. */
    private final class Line {
        private final boolean error;
        private final ByteArrayOutputStream text = new ByteArrayOutputStream();
        private Instant at = Instant.EPOCH;
        private boolean open;
        private boolean cut;

        Line(boolean error) {
            this.error = error;
        }

        void add(byte[] payload) {
            int space = indexOf(payload, ' ');
            var time = time(payload, space);
            int start = time == null ? 0 : space + 1;
            // The pieces of a line have one time; some releases leave out the line end after the last piece.
            if (open && time != null && !time.equals(at)) end();
            if (!open) at = time == null ? Instant.EPOCH : time;
            open = true;
            boolean newline = payload.length > start && payload[payload.length - 1] == '\n';
            append(payload, start, newline ? payload.length - 1 : payload.length);
            if (newline || payload.length - start < PIECE) end();
        }

        private void append(byte[] payload, int from, int to) {
            int room = LONGEST_LINE - CUT.length() - text.size();
            cut |= to - from > room;
            text.write(payload, from, Math.min(to - from, Math.max(room, 0)));
        }

        void end() {
            if (!open) return;
            var printed = text.toString(StandardCharsets.UTF_8);
            if (printed.endsWith("\r")) printed = printed.substring(0, printed.length() - 1);
            lines.accept(new LogLine(at, error, cut ? printed + CUT : printed));
            text.reset();
            open = false;
            cut = false;
        }

        private static @Nullable Instant time(byte[] payload, int space) {
            if (space < 0) return null;
            try {
                return Instant.parse(new String(payload, 0, space, StandardCharsets.US_ASCII));
            } catch (DateTimeParseException e) {
                return null;
            }
        }

        private static int indexOf(byte[] bytes, char wanted) {
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] == wanted) return i;
            }
            return -1;
        }
    }
}
