package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.logs.DeploymentLog.Entry;
import dev.signalbox.logs.DeploymentLog.Voice;
import dev.signalbox.logs.TerminalText;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Apps choose what they print; they must not choose how long the panel reads it. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class HostilePatternsTest {
    private static final int LONG = 60_000;
    private static final Instant AT = Instant.parse("2026-11-19T14:31:08.412Z");

    /** What patterns with two repetitions that take the same characters go through again and again. */
    static Stream<String> slowToRead() {
        return Stream.of(
                        ".",
                        "$",
                        " ",
                        "\t",
                        "a",
                        "A",
                        "A_",
                        "AAA ",
                        "AAA' is ",
                        "w",
                        "warn",
                        "npm ",
                        "npm warn",
                        "(!",
                        "Erro",
                        "Exception_",
                        "missing ",
                        "required environment variable ",
                        "KeyError: '",
                        "exit code ",
                        "a.1 ",
                        ".  ",
                        "! ",
                        "#1 keeps serving",
                        "\u00a0",
                        "\u00e9")
                .flatMap(part -> Stream.of("", "  ", "  web.1 | ", "    at ").map(begin -> begin + repeat(part)));
    }

    @ParameterizedTest
    @MethodSource("slowToRead")
    void whatALineIsShowsAtItsBeginning(String text) {
        for (var pattern : patterns(LogReading.class)) {
            var beginning = new CountingText(text.substring(0, 300));
            pattern.matcher(beginning).find();
            assertThat(beginning.reads).as(pattern.pattern()).isLessThan(30 * 300L);
        }
    }

    @ParameterizedTest
    @MethodSource("slowToRead")
    void lastWordsAreReadInBoundedTime(String text) {
        for (var pattern : patterns(DeploymentOutcome.class)) {
            var beginning = new CountingText(text.substring(0, 500));
            pattern.matcher(beginning).find();
            assertThat(beginning.reads).as(pattern.pattern()).isLessThan(2 * 500L * 500L);
        }
    }

    /** All of the line is looked at for who says it. */
    @ParameterizedTest
    @MethodSource("slowToRead")
    void whoSaysALineIsFoundInOneGo(String text) {
        var prefix = patterns(LogReading.class).stream()
                .filter(pattern -> pattern.pattern().contains("\\|"))
                .filter(pattern -> pattern.pattern().startsWith("^ {2}"))
                .findFirst()
                .orElseThrow();
        var line = new CountingText(text);
        prefix.matcher(line).matches();
        assertThat(line.reads).isLessThan(10L * text.length());
    }

    @ParameterizedTest
    @MethodSource("slowToRead")
    void aLineIsReadWhatever(String text) {
        var reading = new LogReading("app");
        for (int i = 0; i < 20; i++) {
            var line = reading.read(new Entry(i, AT, Voice.OUTPUT, TerminalText.coloured(text)));
            assertThat(line.html()).isNotEmpty();
        }
    }

    @Test
    void whatComesLateInALineSaysNothingOfIt() {
        assertThat(style("Error: no")).isEqualTo("err");
        assertThat(style("!".repeat(80) + "Error: no")).isEqualTo("err");
        assertThat(style("!".repeat(81) + "Error: no")).isEmpty();
        assertThat(style("a".repeat(120) + "Error")).isEqualTo("err");
        assertThat(style("a".repeat(121) + "Error")).isEmpty();
        assertThat(style(" ".repeat(300) + "warning: x")).isEmpty();
    }

    private static String style(String text) {
        return new LogReading("app")
                .read(new Entry(1, AT, Voice.OUTPUT, "  web.1 | " + text))
                .style();
    }

    @Test
    void aLineHasFewColours() {
        var line = new StringBuilder();
        for (int i = 0; i < 9_000; i++) line.append("\u001b[3").append(i % 8).append("mx");
        var pieces = TextPiece.of(line.toString());
        assertThat(pieces).hasSize(201);
        assertThat(pieces.getLast()).isEqualTo(new TextPiece("x".repeat(8_800), ""));
        assertThat(TextPiece.plain(line.toString())).isEqualTo("x".repeat(9_000));
    }

    @Test
    void fewPlacesOfALineAreMarked() {
        var pieces = TextPiece.marked("xy".repeat(9_000), "X");
        assertThat(pieces).hasSizeLessThan(210);
        assertThat(String.join("", pieces.stream().map(TextPiece::text).toList()))
                .isEqualTo("xy".repeat(9_000));
    }

    @ParameterizedTest
    @MethodSource("slowToRead")
    void aSequenceThatNeverEndsIsText(String text) {
        var hostile = "\u001b[" + text + "\u001b[31;" + text.replace('m', 'n');
        assertThat(TextPiece.of(hostile)).hasSizeLessThan(210);
        assertThat(TextPiece.of(TerminalText.coloured(hostile))).hasSizeLessThan(210);
    }

    private static String repeat(String part) {
        return part.repeat(LONG / part.length());
    }

    private static List<Pattern> patterns(Class<?> of) {
        var patterns = Arrays.stream(of.getDeclaredFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == Pattern.class)
                .map(field -> {
                    try {
                        field.setAccessible(true);
                        return (Pattern) field.get(null);
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
        assertThat(patterns).isNotEmpty();
        return patterns;
    }

    /** Counts how often a character of it is looked at. */
    private static final class CountingText implements CharSequence {
        private final String text;
        private long reads;

        CountingText(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            reads++;
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
