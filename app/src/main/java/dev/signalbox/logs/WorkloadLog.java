package dev.signalbox.logs;

import dev.signalbox.engine.ContainerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** The newest lines of all containers of one workload, on disk and live. */
final class WorkloadLog implements AutoCloseable {
    private final Path directory;
    private final Segments segments;
    private final LiveLines live = new LiveLines();
    private final ReentrantLock writing = new ReentrantLock();
    private boolean deleted;

    WorkloadLog(Path directory) {
        this.directory = directory;
        this.segments = new Segments(directory);
    }

    void append(StoredLine line) {
        writing.lock();
        try {
            // A line may be on its way while the log is deleted.
            if (deleted) return;
            live.publish(line.shown(segments.append(line)));
        } catch (IOException e) {
            throw new LogException("The log in " + directory + " could not be written: " + e.getMessage(), e);
        } finally {
            writing.unlock();
        }
    }

    long size() {
        if (!Files.isDirectory(directory)) return 0;
        try (var files = Files.newDirectoryStream(directory)) {
            long bytes = 0;
            for (var file : files) bytes += file.toFile().length();
            return bytes;
        } catch (IOException e) {
            throw notRead(e);
        }
    }

    List<ContainerLine> tail(int lines, LogFilter filter) {
        try {
            return segments.last(lines, filter::wants).stream()
                    .map(Segments.Placed::shown)
                    .toList();
        } catch (IOException e) {
            throw notRead(e);
        }
    }

    /** The last lines that are there and all that come, without a gap between them. */
    Subscription follow(int lastLines, Watcher.Reader reader) {
        writing.lock();
        try {
            var before = lastLines == 0 ? List.<ContainerLine>of() : tail(lastLines, LogFilter.ALL);
            return Watcher.start(live, new Lines(0, before), live.join(), reader);
        } finally {
            writing.unlock();
        }
    }

    /** What stands behind a position, of that at most the last lines, and all that come. */
    Subscription followAfter(long position, int most, Watcher.Reader reader) {
        try {
            // Most of it is read before the writers have to wait.
            var rest = segments.after(position, most);
            writing.lock();
            try {
                var last = rest.lines().isEmpty()
                        ? position
                        : rest.lines().getLast().position();
                var before = joined(rest, segments.after(last, most), most);
                return Watcher.start(live, before, live.join(), reader);
            } finally {
                writing.unlock();
            }
        } catch (IOException e) {
            throw notRead(e);
        }
    }

    private static Lines joined(Segments.Rest early, Segments.Rest late, int most) {
        // Lines that are left out between the two would be a gap in the middle: then only the later ones count.
        var first = late.before() > 0 ? Stream.<Segments.Placed>empty() : early.lines().stream();
        var lines = Stream.concat(first, late.lines().stream())
                .map(Segments.Placed::shown)
                .toList();
        var kept = lines.subList(Math.max(0, lines.size() - most), lines.size());
        long all = early.before()
                + early.lines().size()
                + late.before()
                + late.lines().size();
        return new Lines(early.whole() && late.whole() ? all - kept.size() : Lines.SOME, kept);
    }

    /** Where a capture of this container has to go on. */
    CaptureStart startFor(ContainerId container) {
        var id = StoredLine.brief(container);
        try {
            var last =
                    segments.last(CaptureStart.ENOUGH, line -> line.container().equals(id));
            return CaptureStart.after(last.stream().map(Segments.Placed::line).toList());
        } catch (IOException e) {
            throw notRead(e);
        }
    }

    void delete() {
        writing.lock();
        try {
            deleted = true;
            segments.delete();
        } catch (IOException e) {
            throw new LogException("The log in " + directory + " could not be deleted: " + e.getMessage(), e);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() {
        writing.lock();
        try {
            segments.close();
        } catch (IOException e) {
            throw new LogException("The log in " + directory + " could not be closed: " + e.getMessage(), e);
        } finally {
            writing.unlock();
        }
    }

    private LogException notRead(IOException cause) {
        return new LogException("The log in " + directory + " could not be read: " + cause.getMessage(), cause);
    }
}
