package dev.signalbox.logs;

import dev.signalbox.engine.LogLine;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where reading a container's output goes on after it was interrupted. The engine sends lines from a moment on, that moment
 * included; so those that are kept already from exactly then are left out, once each.
 *
 * @param since null to read from the beginning
 * @param known how many lines of that moment are kept
 */
record CaptureStart(@Nullable Instant since, int known) {
    /** More lines than a container prints within one nanosecond. */
    static final int ENOUGH = 100;

    static CaptureStart after(List<StoredLine> last) {
        if (last.isEmpty()) return new CaptureStart(null, 0);
        // The two outputs of a container need not come in the order of time.
        var newest = last.stream().map(StoredLine::at).max(Instant::compareTo).orElseThrow();
        var known = last.stream().filter(line -> line.at().equals(newest)).count();
        return new CaptureStart(newest, Math.toIntExact(known));
    }

    /** A filter with a memory: lets through what is new. */
    Predicate<LogLine> newOnes() {
        var left = new AtomicInteger(known);
        return line ->
                since == null || line.at().isAfter(since) || (line.at().equals(since) && left.getAndDecrement() <= 0);
    }
}
