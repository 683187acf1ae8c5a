package dev.signalbox.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * A time that goes on while one looks at it.
 *
 * @param iso since when
 * @param text how long that is, with the words
 * @param words what is said after it
 */
record Ticking(String iso, String text, String words) {
    static Ticking since(Instant start, String words, Clock clock) {
        var passed = Duration.between(start, clock.instant());
        var whole = Duration.ofSeconds(Math.max(0, passed.toSeconds()));
        return new Ticking(start.toString(), Moment.round(whole) + " " + words, words);
    }
}
