package dev.signalbox.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a push is received: a repository of its own, so that a push that is refused leaves nothing behind. */
final class Incoming implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);

    /** JGit's mark that a pack is still being received. */
    private static final String KEEP = ".keep";

    private final Path directory;
    private final FileRepository repository;
    private boolean isReleased;

    private Incoming(Path directory, FileRepository repository) {
        this.directory = directory;
        this.repository = repository;
    }

    /**
     * Makes an empty one.
     *
     * @param known the repository whose objects the client need not send again
     */
    static Incoming create(Path directory, @Nullable Path known) throws IOException {
        Layout.create(directory, known);
        return new Incoming(directory, new Quarantine(directory));
    }

    FileRepository repository() {
        return repository;
    }

    /** Makes what was received durable. */
    void sync() throws IOException {
        Disk.syncAll(Layout.packs(directory));
    }

    /** Gives its packs to a repository and says which ones; a pack can be seen there once its index is, so that goes last. */
    List<Path> moveInto(Path target) throws IOException {
        var files = Disk.list(Layout.packs(directory)).stream()
                .filter(file -> !file.toString().endsWith(KEEP))
                .toList();
        for (var file : files) if (!isIndex(file)) move(file, target);
        for (var file : files) if (isIndex(file)) move(file, target);
        Disk.sync(Layout.packs(target));
        return files.stream()
                .filter(file -> file.toString().endsWith(".pack"))
                .map(file -> Layout.packs(target).resolve(file.getFileName()))
                .toList();
    }

    private static boolean isIndex(Path file) {
        return file.toString().endsWith(".idx");
    }

    private static void move(Path file, Path target) throws IOException {
        Files.move(file, Layout.packs(target).resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Frees what reading it took; nothing is read from it after this. */
    void release() {
        if (isReleased) return;
        isReleased = true;
        repository.close();
    }

    @Override
    public void close() {
        release();
        try {
            Disk.delete(directory);
        } catch (IOException e) {
            LOG.warn("What a push left in {} could not be deleted; the next start tries again.", directory, e);
        }
    }

    /** Lives too short to be kept tidy by JGit. */
    private static final class Quarantine extends FileRepository {
        Quarantine(Path directory) throws IOException {
            super(directory.toFile());
        }

        @Override
        public void autoGC(ProgressMonitor monitor) {
            // It is deleted in a moment.
        }
    }
}
