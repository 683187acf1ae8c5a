package dev.signalbox.git;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u001b[31mb",
                "a\u001b[2J\u001b[1;1Hb",
                "a\u001b]0;title\u0007b",
                "a\u001b]8;;http://x\u001b\\b",
                "a\u001bcb",
                "a\u009bb",
                "a\u0000b",
                "a\rb",
                "a\u202eb",
                "a\u200bb",
                "a\u2066b",
                "a\ufeffb",
                "a\u00adb",
                "a\u0085b",
                "a\u0007b",
                "ab\u001b"
            })
    void nothingButTextReachesTheTerminal(String text) {
        assertThat(Terminal.line(text)).isEqualTo("ab");
    }

    @Test
    void textStaysAsItIs() {
        assertThat(Terminal.line("\tü [31m 💥 ->")).isEqualTo("\tü [31m 💥 ->");
    }

    @Test
    void aLineHasAnEnd() {
        assertThat(Terminal.line("x".repeat(1_000_000))).isEqualTo("x".repeat(2_000) + " [line cut]");
        assertThat(Terminal.line("\u001b[0m".repeat(1_000_000))).isEqualTo(" [line cut]");
    }

    @Test
    void aTitleIsShortened() {
        assertThat(Terminal.title("Fix the basket", 14)).isEqualTo("Fix the basket");
        assertThat(Terminal.title("Fix the baskets", 14)).isEqualTo("Fix the bas...");
    }

    @Test
    void whatCannotBeSeenInAPathIsSpelledOut() {
        assertThat(Terminal.path(".g\u200cit\u0007")).isEqualTo(".g\\u200cit\\u0007");
    }
}
