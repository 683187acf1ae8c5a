package dev.signalbox.deploys;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A replaced release on its way out: since when it ends its last requests, and when it stopped. */
public record Draining(Instant since, @Nullable Instant until) {}
