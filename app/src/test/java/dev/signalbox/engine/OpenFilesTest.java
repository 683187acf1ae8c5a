package dev.signalbox.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OpenFilesTest {
    private static final List<String> LIMITS = List.of(
            "Limit                     Soft Limit           Hard Limit           Units     ",
            "Max processes             96424                96424                processes ",
            "Max open files            1024                 20000                files     ");

    @Test
    void givesWhatIsWantedWhereTheDaemonMayRaiseLimits() {
        assertThat(OpenFiles.limit(List.of("Name:\tdockerd", "CapEff:\t000001ffffffffff"), LIMITS))
                .isEqualTo(OpenFiles.WANTED);
    }

    @Test
    void staysWithinTheDaemonsOwnLimitWhereItMayNot() {
        assertThat(OpenFiles.limit(List.of("Name:\tdockerd", "CapEff:\t000001fffeffffff"), LIMITS))
                .isEqualTo(20_000);
    }

    @Test
    void knowsThatUnlimitedIsEnough() {
        assertThat(OpenFiles.limit(
                        List.of("CapEff:\t0000000000000000"),
                        List.of("Max open files            unlimited            unlimited            files     ")))
                .isEqualTo(OpenFiles.WANTED);
    }
}
