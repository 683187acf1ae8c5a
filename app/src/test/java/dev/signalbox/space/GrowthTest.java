package dev.signalbox.space;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.space.Growth.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GrowthTest {
    private static final long GIGA = 1_000_000_000;
    private static final Instant START = Instant.parse("2026-11-12T00:00:00Z");

    @Test
    void whatGrowsByAGigabyteADayIsFullAfterAsManyDaysAsGigabytesAreFree() {
        var growth = hourly(7 * 24, hour -> 10 * GIGA + hour * GIGA / 24);
        assertThat(growth.daysUntilFull(LevelTest.disk(80))).hasValue(20);
    }

    @Test
    void aDayThatWasCleanedUpOnDoesNotDeceive() {
        var growth = hourly(7 * 24, hour -> 10 * GIGA + hour * GIGA / 24 - (hour % 24 < 12 ? 0 : GIGA / 4));
        assertThat(growth.daysUntilFull(LevelTest.disk(80)).orElseThrow()).isBetween(18L, 22L);
    }

    @Test
    void whatDoesNotGrowIsNeverFull() {
        assertThat(hourly(7 * 24, hour -> 10 * GIGA).daysUntilFull(LevelTest.disk(80)))
                .isEmpty();
        assertThat(hourly(7 * 24, hour -> 10 * GIGA - hour).daysUntilFull(LevelTest.disk(80)))
                .isEmpty();
    }

    @Test
    void whatGrowsByNextToNothingIsNotPredicted() {
        assertThat(hourly(7 * 24, hour -> 10 * GIGA + hour).daysUntilFull(LevelTest.disk(10)))
                .isEmpty();
    }

    @Test
    void ofAFewHoursNothingIsTold() {
        assertThat(hourly(12, hour -> hour * GIGA).daysUntilFull(LevelTest.disk(80)))
                .isEmpty();
        assertThat(new Growth(List.of()).daysUntilFull(LevelTest.disk(80))).isEmpty();
    }

    private static Growth hourly(int hours, LongUnaryOperator used) {
        return new Growth(LongStream.range(0, hours)
                .mapToObj(hour -> new Sample(START.plus(Duration.ofHours(hour)), used.applyAsLong(hour)))
                .toList());
    }
}
