package dev.signalbox.logs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The newest lines of a log, in files of which the oldest is deleted when there are too many. */
final class Segments implements AutoCloseable {
    private static final long SEGMENT_SIZE = 1 << 20;
    /** Ten full ones are kept beside the one that is being written. */
    private static final int MOST = 11;

    /** What one reading may hold in memory. */
    private static final int MOST_CHARACTERS = 2 << 20;

    /** A position is the number of a file and an offset in it. */
    private static final int OFFSET_BITS = 32;

    private static final long OFFSET_MASK = (1L << OFFSET_BITS) - 1;

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

    /** Where a line stands, or what is behind it: greater for every later one, over all files. */
    private static long position(Path file, long offset) {
        return number(file) << OFFSET_BITS | offset;
    }

    /** A line and the position behind it. */
    record Placed(StoredLine line, long position) {
        ContainerLine shown() {
            return line.shown(position);
        }
    }

    /** Returns the position behind the line. */
    long append(StoredLine line) throws IOException {
        var file = current;
        if (file == null) file = new LineFile(newest());
        if (file.size() >= segmentSize) {
            file.close();
            file = new LineFile(following(file.path()));
            deleteOldest();
        }
        current = file;
        file.append(line.written());
        return position(file.path(), file.size());
    }

    /** The last lines for which this holds, oldest first; fewer where they would be about two million characters or more. */
    List<Placed> last(int count, Predicate<StoredLine> wanted) throws IOException {
        return lastAfter(0, count, wanted);
    }

    /**
     * What stands behind a position: the last lines of it, and how many there are before those.
     *
     * @param whole false when some of what stood behind the position is not kept any more
     */
    record Rest(long before, boolean whole, List<Placed> lines) {}

    /** Bounded like {@link #last}; the lines before are counted without being kept in memory. */
    Rest after(long position, int count) throws IOException {
        var files = files();
        var whole = files.isEmpty() || number(files.getFirst()) <= Math.max(1, position >> OFFSET_BITS);
        var lines = lastAfter(position, count, _ -> true);
        return new Rest(countUpTo(position, lines), whole, lines);
    }

    private long countUpTo(long position, List<Placed> found) throws IOException {
        long end = found.isEmpty() ? Long.MAX_VALUE : found.getFirst().position();
        long[] count = {0};
        for (var file : files()) {
            if (number(file) > end >> OFFSET_BITS) break;
            read(file, position, (line, at) -> {
                if (at < end) count[0]++;
            });
        }
        return count[0];
    }

    private List<Placed> lastAfter(long position, int count, Predicate<StoredLine> wanted) throws IOException {
        var found = new ArrayDeque<Placed>();
        long room = MOST_CHARACTERS;
        for (var file : files().reversed()) {
            var newest = new Newest(count - found.size(), room);
            read(
                    file,
                    position,
                    (text, at) ->
                            StoredLine.parse(text).filter(wanted).ifPresent(line -> newest.add(new Placed(line, at))));
            room = newest.room;
            newest.lines.reversed().forEach(found::addFirst);
            if (newest.isFull || found.size() >= count || number(file) <= position >> OFFSET_BITS) break;
        }
        return List.copyOf(found);
    }

    /** The last of the lines that were added, for which there is room. */
    private static final class Newest {
        private final Deque<Placed> lines = new ArrayDeque<>();
        private final int most;
        private long room;
        private boolean isFull;

        Newest(int most, long room) {
            this.most = most;
            this.room = room;
        }

        void add(Placed line) {
            lines.addLast(line);
            room -= line.line().text().length();
            while (lines.size() > most || room < 0) {
                room += lines.removeFirst().line().text().length();
                isFull = true;
            }
        }
    }

    /** Gives the lines of a file that stand behind a position, with theirs. */
    private static void read(Path file, long position, ObjLongConsumer<String> lines) throws IOException {
        var number = number(file);
        if (number < position >> OFFSET_BITS) return;
        var from = number == position >> OFFSET_BITS ? position & OFFSET_MASK : 0;
        try (var reader = new LineReader(file, from)) {
            reader.readTo((text, end) -> lines.accept(text, position(file, end)));
        } catch (FileNotFoundException e) {
            // It was the oldest, and has been deleted since.
        }
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
        return segment(number(file) + 1);
    }

    private static long number(Path file) {
        var name = file.getFileName().toString();
        return Long.parseLong(name.substring(0, name.length() - ENDING.length()));
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
