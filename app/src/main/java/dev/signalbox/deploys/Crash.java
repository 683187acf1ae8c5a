package dev.signalbox.deploys;

import java.time.Instant;

/**
 * One end of a container that should have gone on.
 *
 * @param process {@code web.1}
 * @param sentence how it ended, and what it said last
 */
public record Crash(Instant at, String process, String sentence, Failure failure) {}
