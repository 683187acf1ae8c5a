package dev.signalbox.builds;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionRangeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "22; 22; true",
                "22; 24; false",
                "v22.11.0; 22; true",
                ">=18; 24; true",
                ">= 18 <23; 24; false",
                ">=18.0.0 <25; 24; true",
                "^22.4 || ^24; 24; true",
                "^20; 22; false",
                "~22.3; 22; true",
                "20.x; 22; false",
                "22.x; 22; true",
                "*; 22; true",
                "20 - 22; 22; true",
                "20 - 22; 24; false",
                "<22; 22; false",
                "<=22; 22; true",
                ">22; 22; false",
                ">=24.0.0-rc.1; 24; true",
                ">=3.11,<3.14; 3.13; true",
                ">=3.9, <3.13; 3.13; false",
                "~=3.12; 3.13; true",
                "~=3.12.1; 3.13; false",
                "==3.13.*; 3.13; true",
                "3.13.7; 3.13; true",
                "3.12; 3.13; false",
                "!=3.13.1; 3.13; true",
            })
    void saysWhetherAReleaseLineCanMeetIt(String range, String line, boolean meets) {
        var offered = VersionRange.parse(line).orElseThrow();
        assertThat(VersionRange.parse(range).orElseThrow().meets(offered)).isEqualTo(meets);
    }

    @ParameterizedTest
    @ValueSource(strings = {"twenty", "22 or 24", ">=", "1.2.3.4", "22;id", "$(id)", "99999999999"})
    void refusesWhatIsNoVersion(String text) {
        assertThat(VersionRange.parse(text)).isEmpty();
    }
}
