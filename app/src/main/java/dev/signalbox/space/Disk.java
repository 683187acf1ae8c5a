package dev.signalbox.space;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * How full a disk is, in bytes, as {@code df} counts it: what the file system reserves for root is neither used nor free.
 *
 * @param place a directory on it
 */
public record Disk(Holds holds, Path place, long used, long free) {
    private static final int ALL = 100;

    /** What is on a disk; one that holds both goes by the first. */
    public enum Holds {
        DATA,
        DOCKER;

        /** As in the database, the API and the page. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Disk of(Holds holds, Path place) throws IOException {
        var store = Files.getFileStore(place);
        return new Disk(
                holds, place, store.getTotalSpace() - store.getUnallocatedSpace(), Math.max(0, store.getUsableSpace()));
    }

    public long total() {
        return used + free;
    }

    /** Rounded up, as {@code df} does: a disk that has anything on it is not empty. */
    public int percent() {
        return total() == 0 ? 0 : Math.toIntExact(Math.ceilDiv(ALL * used, total()));
    }
}
