package dev.signalbox.space;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BytesTest {
    @Test
    void numbersAreDecimalAndShort() {
        assertThat(Bytes.text(0)).isEqualTo("0.0 MB");
        assertThat(Bytes.text(512_000_000)).isEqualTo("512 MB");
        assertThat(Bytes.text(3_840_000_000L)).isEqualTo("3.8 GB");
        assertThat(Bytes.text(31_400_000_000L)).isEqualTo("31 GB");
    }

    @Test
    void aPartIsToldInTheUnitOfTheWhole() {
        assertThat(Bytes.text(1_900_000_000L, 3_800_000_000L)).isEqualTo("1.9 of 3.8 GB");
        assertThat(Bytes.text(31_000_000_000L, 80_000_000_000L)).isEqualTo("31 of 80 GB");
        assertThat(Bytes.text(90_000_000, 512_000_000)).isEqualTo("90 of 512 MB");
    }
}
