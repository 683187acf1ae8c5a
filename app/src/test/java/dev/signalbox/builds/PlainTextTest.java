package dev.signalbox.builds;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTextTest {
    @Test
    void cannotMoveTheCursorOrTurnTheLine() {
        assertThat(PlainText.of("a\033[2Jb\r\nc\u202Ed\0")).isEqualTo("a?[2Jb??c?d?");
    }

    @Test
    void keepsLettersOfAllLanguages() {
        assertThat(PlainText.of("façade/日本 🚂")).isEqualTo("façade/日本 🚂");
    }

    @Test
    void endsSomewhere() {
        assertThat(PlainText.of("🚂".repeat(10_000))).isEqualTo("🚂".repeat(200) + "…");
    }
}
