package dev.signalbox.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An instant as people read it, in UTC.
 *
 * @param iso for the machine
 * @param text how long ago below a day, then the day
 */
record Moment(String iso, String text) {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ROOT);
    private static final DateTimeFormatter DAY_OF_YEAR = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ROOT);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("d MMM, HH:mm 'UTC'", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    static Moment of(Instant instant, Clock clock) {
        return new Moment(instant.truncatedTo(ChronoUnit.MILLIS).toString(), ago(instant, clock.instant()));
    }

    static @Nullable Moment ofNullable(@Nullable Instant instant, Clock clock) {
        return instant == null ? null : of(instant, clock);
    }

    /** 14:31:08. */
    static String time(Instant instant) {
        return TIME.format(instant.atOffset(ZoneOffset.UTC));
    }

    /** 14:31:41.208; by hand, since a formatter takes longer than all the rest of a line of a log. */
    static String exactTime(Instant instant) {
        var time = instant.atOffset(ZoneOffset.UTC);
        var text = new StringBuilder(12);
        digits(text, time.getHour(), 10).append(':');
        digits(text, time.getMinute(), 10).append(':');
        digits(text, time.getSecond(), 10).append('.');
        return digits(text, time.getNano() / 1_000_000, 100).toString();
    }

    private static StringBuilder digits(StringBuilder text, int number, int highest) {
        for (int unit = highest; unit > 0; unit /= 10) text.append((char) ('0' + number / unit % 10));
        return text;
    }

    /** 28 Nov, 15:42 UTC. */
    static String minute(Instant instant) {
        return MINUTE.format(instant.atOffset(ZoneOffset.UTC));
    }

    /** 28 Nov 2026. */
    static String day(Instant instant) {
        return DAY_OF_YEAR.format(instant.atOffset(ZoneOffset.UTC));
    }

    private static String ago(Instant instant, Instant now) {
        var age = Duration.between(instant, now);
        if (age.toSeconds() < 1) return "now";
        if (age.toSeconds() < 60) return age.toSeconds() + " s ago";
        if (age.toMinutes() < 60) return age.toMinutes() + " min ago";
        if (age.toHours() < 24) return age.toHours() + " h ago";
        var day = instant.atOffset(ZoneOffset.UTC);
        var sameYear = day.getYear() == now.atOffset(ZoneOffset.UTC).getYear();
        return (sameYear ? DAY : DAY_OF_YEAR).format(day);
    }

    /** 2.3 s, 58 s, 1 min 12 s: how long all of something took, or may take. */
    static String round(Duration duration) {
        if (duration.toMillis() % 1000 != 0 && duration.toSeconds() < 10) return span(duration);
        return duration.toSeconds() <= 60 ? duration.toSeconds() + " s" : span(duration);
    }

    /** 0.2 s, 41.8 s, 3 min 12 s: how long something took. */
    static String span(Duration duration) {
        var seconds = duration.toMillis() / 1000.0;
        if (seconds < 60) return String.format(Locale.ROOT, "%.1f s", seconds);
        if (duration.toMinutes() < 60) return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
        return duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }
}
