package dev.signalbox.routing;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

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
        var mode = PosixFilePermissions.fromString(MODE);
        var prepared = preparing.resolve(name + ".new");
        Files.deleteIfExists(prepared);
        Files.createFile(prepared, PosixFilePermissions.asFileAttribute(mode));
        // What a new file is given is cut by our umask.
        Files.setPosixFilePermissions(prepared, mode);
        try (var file = new FileOutputStream(prepared.toFile())) {
            file.write(text.getBytes(StandardCharsets.UTF_8));
            file.getFD().sync();
        }
        Files.move(
                prepared, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(directory);
    }

    static void delete(Path directory, String name) throws IOException {
        if (Files.deleteIfExists(directory.resolve(name))) sync(directory);
    }

    /** Without this a new name may be forgotten in a power cut. An interrupt does not stop it half-way. */
    private static void sync(Path directory) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                    channel.force(true);
                    return;
                } catch (ClosedByInterruptException e) {
                    interrupted = Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }
}
