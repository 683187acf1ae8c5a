package dev.signalbox.db;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second process away from the same data; the kernel gives it up when this process ends, however it ends. */
public final class DataLock implements AutoCloseable {
    private final FileChannel channel;

    private DataLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock of this directory.
     *
     * @throws DatabaseUnusable when another process has it
     */
    public static DataLock acquire(Path dataDirectory) {
        try {
            var channel = FileChannel.open(
                    dataDirectory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel)) return new DataLock(channel);
            channel.close();
        } catch (IOException e) {
            throw new DatabaseUnusable("The data directory " + dataDirectory + " cannot be locked.", e);
        }
        throw new DatabaseUnusable(
                "Another Signalbox runs on " + dataDirectory + ". Nothing was started. Stop that one first.", null);
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
