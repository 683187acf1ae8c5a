package dev.signalbox.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * How many files a container may have open. Where the daemons run without the right to raise limits, as they do in some
 * virtual machines, a container that asks for more than they have themselves does not start.
 */
final class OpenFiles {
    static final long WANTED = 65_536;

    private static final Path PROCESSES = Path.of("/proc");
    private static final Set<String> DAEMONS = Set.of("dockerd", "containerd");
    private static final int CAP_SYS_RESOURCE = 24;

    private OpenFiles() {}

    /** What is wanted, or less if a daemon on this host cannot give it. */
    static long possible() {
        long possible = WANTED;
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[1-9]*")) {
            for (var process : processes) possible = Math.min(possible, limit(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return possible;
    }

    private static long limit(Path process) {
        try {
            if (!DAEMONS.contains(Files.readString(process.resolve("comm")).strip())) return WANTED;
            return limit(Files.readAllLines(process.resolve("status")), Files.readAllLines(process.resolve("limits")));
        } catch (IOException e) {
            // It has ended, or is not shown to us.
            return WANTED;
        }
    }

    static long limit(List<String> status, List<String> limits) {
        var capabilities = Long.parseUnsignedLong(field(status, "CapEff:", 0), 16);
        if ((capabilities >>> CAP_SYS_RESOURCE & 1) != 0) return WANTED;
        var hard = field(limits, "Max open files", 1);
        return hard.equals("unlimited") ? WANTED : Long.parseLong(hard);
    }

    private static String field(List<String> lines, String name, int column) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip().split("\\s+", -1)[column])
                .findFirst()
                .orElseThrow();
    }
}
