package dev.signalbox;

import dev.signalbox.builds.Builds;
import dev.signalbox.space.Space;
import dev.signalbox.web.MachineLoad;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads from the kernel how much room the machine has; empty where there is no such kernel. */
final class Machine implements Supplier<Optional<MachineLoad>> {
    /** As many people as may look, it is read no more often than this. */
    private static final Duration FRESH = Duration.ofSeconds(2);

    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final long KILO = 1024;

    private final Space space;
    private final Builds builds;
    private final Path proc;
    private Ticks ticks = new Ticks(0, 0);
    private int percent;
    private @Nullable MachineLoad load;
    private long readAt;

    Machine(Space space, Builds builds) {
        this(space, builds, Path.of("/proc"));
    }

    Machine(Space space, Builds builds, Path proc) {
        this.space = space;
        this.builds = builds;
        this.proc = proc;
    }

    /** What the processors have done since the start, in the kernel's own unit. */
    private record Ticks(long busy, long all) {}

    @Override
    public synchronized Optional<MachineLoad> get() {
        if (load != null && System.nanoTime() - readAt < FRESH.toNanos()) return Optional.of(load);
        try {
            load = read();
            readAt = System.nanoTime();
            return Optional.of(load);
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private MachineLoad read() throws IOException {
        var disk = space.fullest();
        var days = space.daysUntilFull(disk);
        var busy = builds.busy();
        var total = memory("MemTotal:");
        return new MachineLoad(
                CORES,
                total,
                total - memory("MemAvailable:"),
                disk.total(),
                disk.used(),
                days.isPresent() ? days.getAsLong() : null,
                processor(),
                busy.running(),
                busy.waiting());
    }

    private long memory(String name) throws IOException {
        try (var lines = Files.lines(proc.resolve("meminfo"))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KILO)
                    .findFirst()
                    .orElseThrow(() -> new IOException("no " + name + " in meminfo"));
        }
    }

    /** Since it was last read. */
    private int processor() throws IOException {
        var now = ticks();
        var all = now.all() - ticks.all();
        if (all > 0) percent = Math.clamp(100 * (now.busy() - ticks.busy()) / all, 0, 100);
        ticks = now;
        return percent;
    }

    private Ticks ticks() throws IOException {
        try (var lines = Files.lines(proc.resolve("stat"))) {
            var counts = lines.filter(line -> line.startsWith("cpu "))
                    .findFirst()
                    .map(line -> Arrays.stream(
                                    line.substring("cpu ".length()).strip().split(" ", -1))
                            .mapToLong(Long::parseLong)
                            .toArray())
                    .orElseThrow(() -> new IOException("no processors in stat"));
            // What guests used is counted twice; idle and waiting for the disk are not work.
            var all = Arrays.stream(counts).limit(8).sum();
            return new Ticks(all - counts[3] - counts[4], all);
        }
    }
}
