package dev.signalbox.deploys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TookTest {
    @ParameterizedTest
    @CsvSource({"0, 0.00 s", "312, 0.31 s", "9990, 9.99 s", "12400, 12 s", "59400, 59 s", "185000, 3 min 5 s"})
    void writesDurationsAsPeopleReadThem(long millis, String text) {
        assertThat(Took.of(Duration.ofMillis(millis))).isEqualTo(text);
    }
}
