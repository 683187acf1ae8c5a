package dev.signalbox.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTextTest {
    private static final String ESC = "\u001b";

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "<script>alert(1)</script>", "tab\tstays", "Grüße, 世界 🚂", "[31m no escape"})
    void plainLinesStayAsTheyAre(String line) {
        assertThat(TerminalText.coloured(line)).isSameAs(line);
        assertThat(TerminalText.plain(line)).isSameAs(line);
    }

    @Test
    void coloursStayAndEndWithTheLine() {
        assertThat(TerminalText.coloured(ESC + "[1;31merror" + ESC + "[0m: x"))
                .isEqualTo(ESC + "[1;31merror" + ESC + "[0m: x");
        assertThat(TerminalText.coloured(ESC + "[38;5;208mwarn")).isEqualTo(ESC + "[38;5;208mwarn" + ESC + "[0m");
        assertThat(TerminalText.coloured(ESC + "[38:2::1:2:3mrgb" + ESC + "[m"))
                .isEqualTo(ESC + "[38:2::1:2:3mrgb" + ESC + "[m");
        assertThat(TerminalText.plain(ESC + "[1;31merror" + ESC + "[0m")).isEqualTo("error");
    }

    @Test
    void whatElseATerminalObeysIsDropped() {
        assertThat(TerminalText.coloured("a" + ESC + "[2Jb")).isEqualTo("ab");
        assertThat(TerminalText.coloured("a" + ESC + "[10;20Hb" + ESC + "[?25lc"))
                .isEqualTo("abc");
        assertThat(TerminalText.coloured("a" + ESC + "]0;title\u0007b")).isEqualTo("ab");
        assertThat(TerminalText.coloured("a" + ESC + "]52;c;cGFzdGU=" + ESC + "\\b"))
                .isEqualTo("ab");
        assertThat(TerminalText.coloured(ESC + "]8;;https://evil.example" + ESC + "\\text" + ESC + "]8;;" + ESC + "\\"))
                .isEqualTo("text");
        assertThat(TerminalText.coloured("a" + ESC + "P1$r0m" + ESC + "\\b" + ESC + "_app" + ESC + "\\c"))
                .isEqualTo("abc");
        assertThat(TerminalText.coloured("a" + ESC + "cb" + ESC + "7c" + ESC + "(Bd"))
                .isEqualTo("abcd");
        assertThat(TerminalText.coloured("a" + ESC + "[>4;2mb" + ESC + "[0 qc")).isEqualTo("abc");
        assertThat(TerminalText.coloured("a\u009b2Jb\u009d0;title\u009cc\u0085d"))
                .isEqualTo("abcd");
        assertThat(TerminalText.coloured("a\u0000\u0007\b\u000b\f\u007fb")).isEqualTo("ab");
    }

    @Test
    void nothingIsHiddenOrTurnedAround() {
        assertThat(TerminalText.coloured("harmful\rharmless")).isEqualTo("harmful harmless");
        assertThat(TerminalText.coloured("10 %\r20 %\r")).isEqualTo("10 % 20 %");
        assertThat(TerminalText.coloured("a" + ESC + "]0;never ended")).isEqualTo("a0;never ended");
        assertThat(TerminalText.coloured("user\u202e gnp.exe\u2066x")).isEqualTo("user gnp.exex");
    }

    @Test
    void whatIsCutOffAtTheEndIsDropped() {
        for (var begun : new String[] {ESC, ESC + "[", ESC + "[31", ESC + "]", ESC + "P", "\u009b", ESC + "("}) {
            assertThat(TerminalText.coloured("a" + begun))
                    .as("%s", begun)
                    .startsWith("a")
                    .doesNotContain(ESC);
        }
    }

    @Test
    void longLinesAreCut() {
        var longest = "x".repeat(64 << 10);
        assertThat(TerminalText.coloured(longest)).isEqualTo(longest);
        assertThat(TerminalText.coloured(longest + "y")).isEqualTo(longest + " [line cut]");
    }

    @Test
    @Timeout(5)
    void hostileLinesTakeNoLongerThanOthers() {
        var before = System.nanoTime();
        TerminalText.coloured((ESC + "]").repeat(30_000));
        TerminalText.coloured(ESC + "[" + "1;".repeat(5_000_000));
        TerminalText.coloured("x".repeat(20 << 20));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
    }
}
