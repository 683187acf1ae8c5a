package dev.signalbox.builds;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** The files of one commit, read where they are stored and never checked out. Paths use {@code /} and are relative. */
public interface SourceTree extends AutoCloseable {
    /** The hash of the whole tree: equal trees have equal files. */
    String id();

    /** Every file, sorted by path. Directories are implied; symbolic links are listed as such and not followed. */
    List<Entry> entries() throws IOException;

    Optional<String> readText(String path) throws IOException;

    InputStream open(String path) throws IOException;

    /** Lets go of what it is read from. */
    @Override
    default void close() {}

    /** One file of the tree; {@code size} is in bytes. */
    record Entry(String path, Kind kind, long size) {
        public enum Kind {
            FILE,
            EXECUTABLE,
            LINK,
            SUBMODULE
        }
    }
}
