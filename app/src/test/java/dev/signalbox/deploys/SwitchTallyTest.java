package dev.signalbox.deploys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SwitchTallyTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final SwitchTally tally = new SwitchTally();

    @Test
    void remembersTheSlowestAnswer() {
        count(0, 200, 12);
        count(100, 200, 38);
        count(200, 304, 3);

        assertThat(score()).isEqualTo(new SwitchScore(NOON, NOON, 3, 0, Duration.ofMillis(38), List.of()));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 401, 404, 429, 500, 501})
    void whateverAnAppAnswersIsAnAnswer(int status) {
        count(0, status, 1);

        assertThat(score().failed()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 502, 503, 504})
    void nobodyBehindTheRouterIsAFailure(int status) {
        count(300, status, 2_000);
        count(100, status, 2_000);

        assertThat(score())
                .isEqualTo(new SwitchScore(
                        NOON, NOON, 2, 2, Duration.ZERO, List.of(Duration.ofMillis(100), Duration.ofMillis(300))));
    }

    @Test
    void countsMoreFailuresThanItRemembersMomentsOf() {
        for (int i = 0; i < 250; i++) count(i, 503, 1);

        assertThat(score().failed()).isEqualTo(250);
        assertThat(score().failures()).hasSize(100).endsWith(Duration.ofMillis(99));
    }

    private void count(long at, int status, long took) {
        var answer = status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
        tally.count(Duration.ofMillis(at), answer, Duration.ofMillis(took));
    }

    private SwitchScore score() {
        return tally.score(NOON, NOON);
    }
}
