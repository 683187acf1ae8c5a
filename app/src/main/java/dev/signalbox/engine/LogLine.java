package dev.signalbox.engine;

import java.time.Instant;

/** One line that a container printed, without its line end; at most 64 KiB. */
public record LogLine(Instant at, boolean error, String text) {}
