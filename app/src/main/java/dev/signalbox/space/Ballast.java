package dev.signalbox.space;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that takes up room so that there is some to give back when the disk is full: people can then still see and act. */
final class Ballast {
    private static final Logger LOG = LoggerFactory.getLogger(Ballast.class);
    private static final int PIECE = 1 << 20;
    /** Made again only when it leaves as much free as it takes, so that it is not made and given up in turns. */
    private static final int ROOM_FOR_IT = 4;

    private final Path file;
    private final long bytes;

    Ballast(Path data, long bytes) {
        this.file = data.resolve("ballast");
        this.bytes = bytes;
    }

    /** Gives it up; false when there was none left to give. */
    synchronized boolean giveUp() {
        try {
            if (!Files.deleteIfExists(file)) return false;
            LOG.warn("The disk is full; {} that were kept in reserve are given up. Make room.", Bytes.text(bytes));
            return true;
        } catch (IOException e) {
            LOG.error("The reserve {} cannot be given up; delete it by hand", file, e);
            return false;
        }
    }

    /** Makes it where it is missing and there is room. */
    synchronized void restore(Disk disk) {
        try {
            if (isWhole() || disk.free() < ROOM_FOR_IT * bytes) return;
            write();
        } catch (IOException e) {
            LOG.warn("No room could be kept in reserve: {}", e.getMessage());
            giveUp();
        }
    }

    private boolean isWhole() throws IOException {
        return Files.exists(file) && Files.size(file) >= bytes;
    }

    /** Nothing that a file system could leave out or make smaller. */
    private void write() throws IOException {
        var piece = new byte[PIECE];
        new SplittableRandom(bytes).nextBytes(piece);
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            for (long left = bytes; left > 0; left -= PIECE) {
                var next = ByteBuffer.wrap(piece, 0, (int) Math.min(PIECE, left));
                while (next.hasRemaining()) channel.write(next);
            }
            channel.force(true);
        }
    }
}
