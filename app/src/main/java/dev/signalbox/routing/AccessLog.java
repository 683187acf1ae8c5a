package dev.signalbox.routing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** One line of JSON for each request, kept to a bounded size. */
final class AccessLog {
    static final String FILE = "access.log";

    private static final long LARGEST = 32L << 20;

    private final Path directory;
    private final long largest;

    AccessLog(Path proxyDirectory) {
        this(proxyDirectory, LARGEST);
    }

    AccessLog(Path proxyDirectory, long largest) {
        this.directory = proxyDirectory.resolve("log");
        this.largest = largest;
    }

    Path directory() {
        return directory;
    }

    /** Makes the file before Traefik does: Traefik is root without root's powers, and we may not be root at all. */
    void create() {
        try {
            if (!Files.isDirectory(directory)) Files.createDirectories(directory, mode("rwxrwx---"));
            var file = directory.resolve(FILE);
            if (Files.exists(file)) return;
            Files.createFile(file, mode("rw-rw----"));
            // What a new file is given is cut by our umask.
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
        } catch (IOException e) {
            throw new RoutingException("The proxy's log could not be made in " + directory + ".", e);
        }
    }

    /** Past its largest size, the log becomes the older one and begins anew. Traefik goes on writing in the same file. */
    void keepBounded() {
        var file = directory.resolve(FILE);
        try {
            if (!Files.exists(file) || Files.size(file) <= largest) return;
            Files.copy(file, directory.resolve(FILE + ".1"), StandardCopyOption.REPLACE_EXISTING);
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(0);
            }
        } catch (IOException e) {
            throw new RoutingException("The proxy's log in " + directory + " could not be shortened.", e);
        }
    }

    private static java.nio.file.attribute.FileAttribute<?> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
