package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.signalbox.logs.DeploymentLog.Entry;
import dev.signalbox.logs.DeploymentLog.Voice;
import dev.signalbox.logs.TerminalText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogLineTest {
    private static final char ESCAPE = '\u001b';
    private static final Instant AT = Instant.parse("2026-11-19T14:31:08.412Z");

    private static LogLine line(String text) {
        return LogReading.fromStart().read(new Entry(7, AT, Voice.OUTPUT, TerminalText.coloured(text)));
    }

    @ParameterizedTest
    @CsvSource({
        "[31m, bad",
        "[1m, strong",
        "[1;31m, bad strong",
        "[36m, tint",
        "[38;5;31m, ''",
        "[38;2;31;32;33m, ''",
        "[2m, dim",
        "[99m, ''",
        "[0;33m, warn",
        "[m, ''"
    })
    void coloursBecomeClasses(String sequence, String style) {
        assertThat(TextPiece.of(ESCAPE + sequence + "text")).containsExactly(new TextPiece("text", style));
    }

    @Test
    void aColourEndsWhereItIsTakenBack() {
        assertThat(TextPiece.of("a" + ESCAPE + "[32mb" + ESCAPE + "[39mc"))
                .containsExactly(new TextPiece("a", ""), new TextPiece("b", "ok"), new TextPiece("c", ""));
        assertThat(TextPiece.plain("a" + ESCAPE + "[32mb" + ESCAPE + "[0m")).isEqualTo("ab");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007",
                "\u001b]0;title\u0007x",
                "\u001b[2Jx",
                "\"><svg onload=alert(1)>",
                "over\rwritten",
                "\u001b[31",
                "\u001b",
                "\u202etxt"
            })
    void nothingThatIsPrintedIsMoreThanText(String text) {
        var html = line(text).html();
        assertThat(html).doesNotContain("<script", "<svg", "\u001b", "\u0007", "\r", "https://evil", "\u202e", "title");
        assertThat(html.replaceAll("</?(li|a|time|b|span)[^<>]*>", "")).doesNotContain("<", ">");
    }

    @Test
    void aLineIsCutWhereItIsTooLong() {
        assertThat(line("x".repeat(70_000)).html()).contains("[line cut]").hasSizeLessThan(70_000);
    }

    @Test
    void whatComesLaterReadsLikeWhatWasThere() {
        var line = line("  web.1 | " + ESCAPE + "[1;33mwarn" + ESCAPE + "[0m <b>&\"'");
        assertThat(new Views().render("log-line", null, Map.of("line", line))).contains(line.html());
    }

    @Test
    void whoSaysItIsKnown() {
        var reading = LogReading.fromStart();
        assertThat(List.of(
                        reading.read(new Entry(1, AT, Voice.OURS, "Build")),
                        reading.read(new Entry(2, AT, Voice.OUTPUT, "    > vite build")),
                        reading.read(new Entry(3, AT, Voice.OURS, "Release  npm run migrate")),
                        reading.read(new Entry(4, AT, Voice.OUTPUT, "  Migrating")),
                        reading.read(new Entry(5, AT, Voice.OURS, "Start    web")),
                        reading.read(new Entry(6, AT, Voice.OUTPUT, "  web.1 | Error: no")),
                        reading.read(new Entry(7, AT, Voice.OUTPUT, "  web.1 |     at x (y.js:1)")),
                        reading.read(new Entry(8, AT, Voice.OURS, "Check    exit code 1 failed nobody")),
                        reading.read(new Entry(9, AT, Voice.TROUBLE, "web.1 ended. #1 keeps serving."))))
                .extracting(LogLine::source, LogLine::style)
                .containsExactly(
                        tuple("signalbox", "us"),
                        tuple("build", ""),
                        tuple("signalbox", "us"),
                        tuple("release", ""),
                        tuple("signalbox", "us"),
                        tuple("web.1", "err"),
                        tuple("web.1", "err"),
                        tuple("signalbox", "us"),
                        tuple("signalbox", "wrn"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(!) Some chunks are larger than 500 kB",
                "  (!) indented",
                "[WARN] slow",
                "npm warn deprecated",
                "Warning: it is late"
            })
    void whatWarnsIsMarked(String text) {
        assertThat(line("  web.1 | " + text).style()).isEqualTo("wrn");
        assertThat(line("  web.1 | not (!) " + text).style()).isEmpty();
    }
}
