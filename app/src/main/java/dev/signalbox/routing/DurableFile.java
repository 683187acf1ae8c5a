package dev.signalbox.routing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Replaces files whole: whoever reads one sees the old or the new text, also after a power cut. */
final class DurableFile {
    private static final String MODE = "rw-r-----";

    private DurableFile() {}

    /**
     * Writes one file.
     *
     * @param preparing where the text is written first, on the same file system: nobody watches there
     */
    static void write(Path directory, String name, String text, Path preparing) throws IOException {
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(MODE));
        var prepared = preparing.resolve(name + ".new");
        Files.deleteIfExists(prepared);
        try (var channel =
                FileChannel.open(prepared, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) channel.write(bytes);
            channel.force(true);
        }
        Files.move(
                prepared, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(directory);
    }

    static void delete(Path directory, String name) throws IOException {
        if (Files.deleteIfExists(directory.resolve(name))) sync(directory);
    }

    /** Without this a new name may be forgotten in a power cut. */
    private static void sync(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
