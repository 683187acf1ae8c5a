package dev.signalbox.engine;

import java.time.Duration;

/**
 * How long the daemon may take to answer before it counts as hung.
 *
 * @param read for questions
 * @param change for what makes, starts or removes something
 * @param stop on top of the grace that a stopping container is given
 */
record TimeLimits(Duration connect, Duration read, Duration change, Duration stop) {
    static final TimeLimits DEFAULT = new TimeLimits(
            Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(30));
}
