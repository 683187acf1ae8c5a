package dev.signalbox.logs;

import dev.signalbox.engine.ContainerId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

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
            segments.append(line);
            live.publish(line.shown());
        } catch (IOException e) {
            throw new LogException("The log in " + directory + " could not be written: " + e.getMessage(), e);
        } finally {
            writing.unlock();
        }
    }

    List<ContainerLine> tail(int lines) {
        return last(lines).stream().map(StoredLine::shown).toList();
    }

    /** The last lines that are there and all that come, without a gap between them. */
    Subscription follow(int lastLines, Consumer<ContainerLine> to, Runnable whenFailed) {
        writing.lock();
        try {
            var before = lastLines == 0 ? List.<ContainerLine>of() : tail(lastLines);
            return Watcher.start(live, before, live.join(), to, whenFailed);
        } finally {
            writing.unlock();
        }
    }

    /** Where a capture of this container has to go on. */
    CaptureStart startFor(ContainerId container) {
        var id = StoredLine.brief(container);
        try {
            var last =
                    segments.last(CaptureStart.ENOUGH, line -> line.container().equals(id));
            return CaptureStart.after(last);
        } catch (IOException e) {
            throw notRead(e);
        }
    }

    private List<StoredLine> last(int lines) {
        try {
            return segments.last(lines, _ -> true);
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
