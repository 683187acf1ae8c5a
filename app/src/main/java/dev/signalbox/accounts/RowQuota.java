package dev.signalbox.accounts;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

/** Lets so many rows be written in a span, so that who knocks without end does not fill the log. */
final class RowQuota {
    private final int most;
    private final Duration span;
    private Instant begun = Instant.MIN;
    private int asked;

    RowQuota(int most, Duration span) {
        this.most = most;
        this.span = span;
    }

    /** How many were left out before this one, which is to be written; empty when it is to be left out. */
    synchronized OptionalInt admit(Instant now) {
        if (begun.isBefore(now.minus(span))) {
            int leftOut = Math.max(0, asked - most);
            begun = now;
            asked = 1;
            return OptionalInt.of(leftOut);
        }
        return ++asked <= most ? OptionalInt.of(0) : OptionalInt.empty();
    }
}
