package dev.signalbox.logs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/** Reads the complete lines of a file that may still grow, and goes on later where it stopped. */
final class LineReader implements AutoCloseable {
    private static final int CHUNK = 16 << 10;

    private final Path path;
    private @Nullable RandomAccessFile opened;
    private byte[] buffer = new byte[CHUNK];
    private int held;
    private long position;

    LineReader(Path path) {
        this(path, 0);
    }

    /** @param position where to begin: 0, or behind a line */
    LineReader(Path path, long position) {
        this.path = path;
        this.position = position;
    }

    /** Where the next unread line begins. */
    long position() {
        return position;
    }

    /** Gives every complete line that has not been read yet; a file that is not there has none. */
    void readTo(Consumer<String> lines) throws IOException {
        readTo((line, end) -> lines.accept(line));
    }

    /** The same, with the position behind each line. */
    void readTo(ObjLongConsumer<String> lines) throws IOException {
        var file = opened;
        if (file == null) {
            if (!Files.exists(path)) return;
            file = new RandomAccessFile(path.toFile(), "r");
            opened = file;
            file.seek(position);
        }
        while (fill(file)) giveLines(lines);
    }

    private boolean fill(RandomAccessFile file) throws IOException {
        if (held == buffer.length) buffer = Arrays.copyOf(buffer, buffer.length * 2);
        int read = file.read(buffer, held, buffer.length - held);
        if (read <= 0) return false;
        held += read;
        return true;
    }

    private void giveLines(ObjLongConsumer<String> lines) {
        int start = 0;
        for (int i = 0; i < held; i++) {
            if (buffer[i] != '\n') continue;
            lines.accept(new String(buffer, start, i - start, StandardCharsets.UTF_8), position + i + 1);
            start = i + 1;
        }
        System.arraycopy(buffer, start, buffer, 0, held - start);
        held -= start;
        position += start;
    }

    /** The size of the file without what stands behind its last line end; 0 where there is none. */
    static long endOfLastLine(Path path) throws IOException {
        if (!Files.exists(path)) return 0;
        try (var file = new RandomAccessFile(path.toFile(), "r")) {
            for (long end = file.length(); end > 0; end -= CHUNK) {
                long start = Math.max(0, end - CHUNK);
                var chunk = read(file, start, end);
                for (int i = chunk.length - 1; i >= 0; i--) {
                    if (chunk[i] == '\n') return start + i + 1;
                }
            }
            return 0;
        }
    }

    /** The last complete line, unless it takes more bytes than this. */
    static Optional<String> lastLine(Path path, int longest) throws IOException {
        long end = endOfLastLine(path);
        if (end == 0) return Optional.empty();
        long start = Math.max(0, end - longest);
        try (var file = new RandomAccessFile(path.toFile(), "r")) {
            var text = new String(read(file, start, end - 1), StandardCharsets.UTF_8);
            int before = text.lastIndexOf('\n');
            return before < 0 && start > 0 ? Optional.empty() : Optional.of(text.substring(before + 1));
        }
    }

    private static byte[] read(RandomAccessFile file, long start, long end) throws IOException {
        var bytes = new byte[Math.toIntExact(end - start)];
        file.seek(start);
        file.readFully(bytes);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        if (opened != null) opened.close();
        opened = null;
    }
}
