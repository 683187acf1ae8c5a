package dev.signalbox.logs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The newest lines of a log, in files of which the oldest is deleted when there are too many. */
final class Segments implements AutoCloseable {
    private static final long SEGMENT_SIZE = 1 << 20;
    /** Ten full ones are kept beside the one that is being written. */
    private static final int MOST = 11;

    /** What one reading may hold in memory. */
    private static final int MOST_CHARACTERS = 2 << 20;

    private static final String ENDING = ".log";

    private final Path directory;
    private final long segmentSize;
    private @Nullable LineFile current;

    Segments(Path directory) {
        this(directory, SEGMENT_SIZE);
    }

    Segments(Path directory, long segmentSize) {
        this.directory = directory;
        this.segmentSize = segmentSize;
    }

    void append(StoredLine line) throws IOException {
        var file = current;
        if (file == null) file = new LineFile(newest());
        if (file.size() >= segmentSize) {
            file.close();
            file = new LineFile(following(file.path()));
            deleteOldest();
        }
        current = file;
        file.append(line.written());
    }

    /** The last lines for which this holds, oldest first; fewer where they would be about two million characters or more. */
    List<StoredLine> last(int count, Predicate<StoredLine> wanted) throws IOException {
        var found = new ArrayDeque<StoredLine>();
        long room = MOST_CHARACTERS;
        for (var file : files().reversed()) {
            for (var line : linesOf(file, wanted).reversed()) {
                room -= line.text().length();
                if (found.size() >= count || room < 0) return List.copyOf(found);
                found.addFirst(line);
            }
            if (found.size() >= count) break;
        }
        return List.copyOf(found);
    }

    private static List<StoredLine> linesOf(Path file, Predicate<StoredLine> wanted) throws IOException {
        var lines = new ArrayList<StoredLine>();
        try (var reader = new LineReader(file)) {
            reader.readTo(text -> StoredLine.parse(text).filter(wanted).ifPresent(lines::add));
        } catch (FileNotFoundException e) {
            // It was the oldest, and has been deleted since.
        }
        return lines;
    }

    private void deleteOldest() throws IOException {
        var files = files();
        for (var file : files.subList(0, Math.max(0, files.size() - MOST + 1))) Files.deleteIfExists(file);
    }

    private Path newest() throws IOException {
        var files = files();
        return files.isEmpty() ? segment(1) : files.getLast();
    }

    private Path following(Path file) {
        var name = file.getFileName().toString();
        return segment(Long.parseLong(name.substring(0, name.length() - ENDING.length())) + 1);
    }

    private Path segment(long number) {
        return directory.resolve(String.format(Locale.ROOT, "%08d", number) + ENDING);
    }

    /** Oldest first. */
    private List<Path> files() throws IOException {
        if (!Files.isDirectory(directory)) return List.of();
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().matches("[0-9]{8}\\.log"))
                    .sorted(Comparator.comparing(Path::getFileName))
                    .toList();
        }
    }

    void delete() throws IOException {
        close();
        for (var file : files()) Files.deleteIfExists(file);
        Files.deleteIfExists(directory);
    }

    @Override
    public void close() throws IOException {
        if (current != null) current.close();
        current = null;
    }
}
