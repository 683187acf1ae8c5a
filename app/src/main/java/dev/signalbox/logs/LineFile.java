package dev.signalbox.logs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A text file that grows by whole lines. Every line is in the file when the call returns, though not yet on the disk.
 *
 * <p>It is no channel, since an interrupt of one writer would close that for all.
 */
final class LineFile implements AutoCloseable {
    private final Path path;
    private @Nullable RandomAccessFile opened;
    private long size;

    LineFile(Path path) throws IOException {
        this.path = path;
        // What a crash left of a last line does not count, and is overwritten by the next.
        this.size = LineReader.endOfLastLine(path);
    }

    Path path() {
        return path;
    }

    long size() {
        return size;
    }

    void append(String line) throws IOException {
        var file = opened == null ? open() : opened;
        var bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            file.write(bytes);
        } catch (IOException e) {
            // A full disk: half a line would spoil the next.
            file.setLength(size);
            file.seek(size);
            throw e;
        }
        size += bytes.length;
    }

    /** Returns when what was written is on the disk. */
    void sync() throws IOException {
        if (opened != null) opened.getFD().sync();
    }

    private RandomAccessFile open() throws IOException {
        var parent = path.getParent();
        if (parent != null) Files.createDirectories(parent);
        var file = new RandomAccessFile(path.toFile(), "rw");
        opened = file;
        file.setLength(size);
        file.seek(size);
        return file;
    }

    @Override
    public void close() throws IOException {
        if (opened != null) opened.close();
        opened = null;
    }
}
