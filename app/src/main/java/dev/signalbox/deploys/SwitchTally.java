package dev.signalbox.deploys;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Counts the answers of a route while requests move. */
final class SwitchTally {
    /** By these a router says that nobody answers behind it. */
    private static final Set<Integer> NOBODY = Set.of(502, 503, 504);

    private final List<Duration> failures = new ArrayList<>();
    private long asked;
    private long failed;
    private Duration slowest = Duration.ZERO;

    /**
     * Counts one.
     *
     * @param at when it was asked, after the beginning
     * @param status empty when there was no answer
     */
    synchronized void count(Duration at, OptionalInt status, Duration took) {
        asked++;
        if (status.isPresent() && !NOBODY.contains(status.getAsInt())) {
            if (took.compareTo(slowest) > 0) slowest = took;
            return;
        }
        failed++;
        if (failures.size() < SwitchScore.MOST_MOMENTS) failures.add(at);
    }

    /** In the order in which they were asked, which is not that of their answers. */
    synchronized SwitchScore score(Instant beganAt, Instant endedAt) {
        return new SwitchScore(
                beganAt,
                endedAt,
                asked,
                failed,
                slowest,
                failures.stream().sorted().toList());
    }
}
