package dev.signalbox.deploys;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a route answered, asked ten times a second, while its requests moved to another release. Failed is what got no answer,
 * or one of the three by which a router says that there is nobody: 502, 503 and 504. Any other answer is the app's own.
 *
 * @param endedAt null when Signalbox was stopped before it was measured to the end
 * @param slowest the longest that an answer took
 * @param failures when the first of those that failed were asked, after the beginning
 */
public record SwitchScore(
        Instant beganAt,
        @Nullable Instant endedAt,
        long asked,
        long failed,
        Duration slowest,
        List<Duration> failures) {
    /** So many failures have their moment written down. */
    public static final int MOST_MOMENTS = 100;

    public SwitchScore {
        failures = List.copyOf(failures);
    }

    public boolean isComplete() {
        return endedAt != null;
    }
}
