package dev.signalbox.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * The name of an instance that exists for one test class. It says which process made it, so that what a crashed run left
 * behind is told from what another run is using now.
 */
record TestInstance(long pid, long startedAt, String suffix) {
    private static final Pattern FORM = Pattern.compile("test-([0-9]+)-([0-9]+)-([0-9a-z]+)");

    /** The kernel counts a process's start in ticks since boot; two readings may differ by one. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    static TestInstance fresh() {
        var self = ProcessHandle.current();
        var suffix = Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36, 36 * 36 * 36 * 36), 36);
        return new TestInstance(self.pid(), start(self).getEpochSecond(), suffix);
    }

    /** Whether this is the name of a test's instance whose process is gone. */
    static boolean isLeftOver(String name) {
        var parts = FORM.matcher(name);
        if (!parts.matches()) return false;
        var started = Instant.ofEpochSecond(Long.parseLong(parts.group(2)));
        return ProcessHandle.of(Long.parseLong(parts.group(1)))
                .map(process -> Duration.between(started, start(process)).abs().compareTo(TOLERANCE) > 0)
                .orElse(true);
    }

    private static Instant start(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    @Override
    public String toString() {
        return "test-" + pid + "-" + startedAt + "-" + suffix;
    }
}
