package dev.signalbox.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which lines are found, and that nobody prints lines that keep whoever searches them busy. */
class LogFilterTest {
    private static final int SEARCHED = 8_192;

    @ParameterizedTest
    @CsvSource({
        "checkout, Checkout done, true",
        "CHECKOUT, checkout done, true",
        "stra\u00dfe, STRA\u00dfE, true",
        "\u00c9t\u00e9, \u00e9t\u00c9, true",
        "a.c, abc, false",
        "a.c, a.c, true",
        "(a+)+$, xx(a+)+$, true",
        "red, '\u001b[31mr\u001b[0med', true",
        "31m, '\u001b[31mred', false"
    })
    void textIsFoundLetterByLetter(String text, String line, boolean found) {
        assertThat(wants(text, line)).isEqualTo(found);
    }

    @Test
    void soMuchOfALineIsSearched() {
        assertThat(wants("end", "x".repeat(SEARCHED - 3) + "end")).isTrue();
        assertThat(wants("end", "x".repeat(SEARCHED - 2) + "end")).isFalse();
        assertThat(wants("end", "\u001b[31m".repeat(5_000) + "end"))
                .as("colours aside")
                .isTrue();
    }

    @Test
    void errorsAloneAreWanted() {
        assertThat(new LogFilter("", true).wants(line(false, "x"))).isFalse();
        assertThat(new LogFilter("", true).wants(line(true, "x"))).isTrue();
        assertThat(new LogFilter("y", true).wants(line(true, "x"))).isFalse();
    }

    /** A text of which many beginnings stand in each line, and never the end: as slow as a search can be. */
    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void linesThatAlmostMatchAreSearchedInTime() {
        var filter = new LogFilter("\u00e4".repeat(199) + "b", false);
        var line = line(false, "\u00c4".repeat(64 << 10));
        for (int i = 0; i < 500; i++) assertThat(filter.wants(line)).isFalse();
    }

    private static boolean wants(String text, String line) {
        return new LogFilter(text, false).wants(line(false, line));
    }

    private static ContainerLine line(boolean error, String text) {
        return new ContainerLine(Instant.parse("2026-11-19T00:00:00Z"), "web.1", error, text, 1);
    }
}
