package dev.signalbox.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.space.Disk.Holds;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LevelTest {
    @ParameterizedTest
    @CsvSource({"0, ROOMY", "84, ROOMY", "85, TIGHT", "91, TIGHT", "92, FULL", "96, FULL", "97, LAST", "100, LAST"})
    void aDiskIsAsFullAsItsLevelSays(int percent, Level level) {
        assertThat(Level.Bounds.STANDARD.of(disk(percent))).isEqualTo(level);
    }

    @Test
    void theFullestDiskCounts() {
        assertThat(Level.Bounds.STANDARD.of(List.of(disk(10), disk(93), disk(86))))
                .isEqualTo(Level.FULL);
    }

    @Test
    void boundsThatContradictEachOtherAreAMistake() {
        assertThatThrownBy(() -> new Level.Bounds(90, 85, 97)).isInstanceOf(IllegalArgumentException.class);
    }

    /** What is reserved for root is neither used nor free. */
    @Test
    void percentAreThoseOfDf(@TempDir Path directory) throws Exception {
        try (var small = Tmpfs.mount(directory, 10)) {
            assertThat(Disk.of(Holds.DATA, small.place()).percent()).isZero();
            small.fill("half", 5 << 20);
            assertThat(Disk.of(Holds.DATA, small.place()).percent()).isBetween(50, 51);
            small.fill("rest", 0);
            assertThat(Disk.of(Holds.DATA, small.place()).percent()).isEqualTo(100);
        }
    }

    static Disk disk(int percent) {
        return new Disk(Holds.DATA, Path.of("/"), percent * 1_000_000_000L, (100 - percent) * 1_000_000_000L);
    }
}
