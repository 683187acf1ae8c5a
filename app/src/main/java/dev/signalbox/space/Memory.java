package dev.signalbox.space;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The memory of the machine.
 *
 * @param available bytes that may be taken without harm to what runs, of swap too
 * @param stalled percent of the last ten seconds in which something waited for memory; 0 where the kernel does not say
 */
record Memory(long total, long available, double stalled) {
    private static final long KILO = 1024;
    private static final String SOME = "some avg10=";

    /** As the kernel tells it below this directory, which is {@code /proc}. */
    static Memory of(Path proc) {
        try {
            var lines = Files.readAllLines(proc.resolve("meminfo"));
            return new Memory(
                    bytes(lines, "MemTotal:"),
                    bytes(lines, "MemAvailable:") + bytes(lines, "SwapFree:"),
                    stalled(proc.resolve("pressure/memory")));
        } catch (IOException e) {
            throw new UncheckedIOException("the memory of the machine cannot be read", e);
        }
    }

    private static long bytes(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KILO)
                .findFirst()
                .orElse(0);
    }

    private static double stalled(Path file) throws IOException {
        if (!Files.isReadable(file)) return 0;
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(SOME))
                    .mapToDouble(
                            line -> Double.parseDouble(line.substring(SOME.length(), line.indexOf(' ', SOME.length()))))
                    .findFirst()
                    .orElse(0);
        }
    }
}
