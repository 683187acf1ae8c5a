package dev.signalbox.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that starts now and goes when it is told to. */
public final class MutableClock implements InstantSource {
    private volatile Instant now = Instant.now(Clock.systemUTC());

    public void advance(Duration by) {
        now = now.plus(by);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
