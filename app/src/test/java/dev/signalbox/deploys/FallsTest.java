package dev.signalbox.deploys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class FallsTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void pausesLongerWithEveryFall() {
        var pauses = new ArrayList<Long>();
        var falls = Falls.NONE;
        for (int fall = 1; fall <= 13; fall++) {
            falls = falls.another(NOON);
            pauses.add(pause(falls));
        }

        assertThat(pauses).containsExactly(0L, 1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 300L, 300L, 300L);
    }

    private static long pause(Falls falls) {
        long seconds = 0;
        while (!falls.isPauseOver(NOON.plusSeconds(seconds))) seconds++;
        return seconds;
    }

    @Test
    void isCrashingAfterFiveFalls() {
        var falls = Falls.NONE;
        for (int fall = 1; fall <= 4; fall++) falls = falls.another(NOON);
        assertThat(falls.isCrashing()).isFalse();

        assertThat(falls.another(NOON).isCrashing()).isTrue();
    }

    @Test
    void forgivesAfterTenMinutesWithout() {
        var falls = Falls.NONE;
        for (int fall = 1; fall <= 5; fall++) falls = falls.another(NOON);

        var later = NOON.plus(Duration.ofMinutes(10));

        assertThat(falls.another(later.minusMillis(1)).count()).isEqualTo(6);
        assertThat(falls.another(later)).isEqualTo(new Falls(1, later));
    }

    @Test
    void standsWhenNothingEverFell() {
        assertThat(Falls.NONE.isPauseOver(Instant.EPOCH)).isTrue();
        assertThat(Falls.NONE.isCrashing()).isFalse();
    }
}
