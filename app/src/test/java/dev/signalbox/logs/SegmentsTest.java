package dev.signalbox.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentsTest {
    private static final Instant NOW = Instant.parse("2026-11-19T14:32:05.120Z");

    @TempDir
    Path directory;

    @Test
    void theNewestLinesAreKeptInBoundedSpace() throws IOException {
        try (var segments = new Segments(directory, 10_000)) {
            for (int i = 1; i <= 10_000; i++) segments.append(line("line " + i));
            var kept = segments.last(10_000, _ -> true);
            assertThat(kept.getLast().line().text()).isEqualTo("line 10000");
            assertThat(kept.getFirst().line().text()).isEqualTo("line " + (10_001 - kept.size()));
            assertThat(bytes()).isBetween(100_000L, 111_000L);
        }
    }

    @Test
    void theLastLinesComeFromSeveralFiles() throws IOException {
        try (var segments = new Segments(directory, 100)) {
            for (int i = 1; i <= 20; i++) segments.append(line("line " + i));
            assertThat(segments.last(5, _ -> true))
                    .extracting(placed -> placed.line().text())
                    .containsExactly("line 16", "line 17", "line 18", "line 19", "line 20");
            assertThat(segments.last(2, line -> line.text().endsWith("7")))
                    .extracting(placed -> placed.line().text())
                    .containsExactly("line 7", "line 17");
            assertThat(segments.last(0, _ -> true)).isEmpty();
        }
    }

    @Test
    void aReadingIsBoundedHoweverManyLinesAreAskedFor() throws IOException {
        try (var segments = new Segments(directory)) {
            for (int i = 1; i <= 50; i++) segments.append(line("x".repeat(60_000) + i));
            var last = segments.last(5_000, _ -> true);
            assertThat(last).hasSize(34);
            assertThat(last.getLast().line().text()).endsWith("x50");
        }
    }

    @Test
    void whatStandsBehindAPositionIsCompleteOrCounted() throws IOException {
        try (var segments = new Segments(directory, 100)) {
            for (int i = 1; i <= 3; i++) segments.append(line("line " + i));
            long third = segments.last(1, _ -> true).getFirst().position();
            assertThat(segments.after(third, 5)).isEqualTo(new Segments.Rest(0, true, List.of()));
            long fourth = segments.append(line("line 4"));
            assertThat(fourth).isGreaterThan(third);
            for (int i = 5; i <= 9; i++) segments.append(line("line " + i));

            var all = segments.after(third, 10);
            assertThat(all.lines())
                    .extracting(placed -> placed.line().text())
                    .containsExactly("line 4", "line 5", "line 6", "line 7", "line 8", "line 9");
            assertThat(all.lines().getFirst().position()).isEqualTo(fourth);
            assertThat(all.before()).isZero();
            var some = segments.after(third, 2);
            assertThat(some.lines()).extracting(placed -> placed.line().text()).containsExactly("line 8", "line 9");
            assertThat(some.before()).isEqualTo(4);
            assertThat(segments.after(0, 100).lines()).hasSize(9);

            for (int i = 10; i <= 40; i++) segments.append(line("line " + i));
            assertThat(segments.after(third, 100).whole()).isFalse();
        }
    }

    @Test
    void aRestartGoesOnInTheNewestFile() throws IOException {
        try (var segments = new Segments(directory)) {
            segments.append(line("before"));
        }
        Files.writeString(
                directory.resolve("00000001.log"), NOW + " 0123456789ab o web.1\thalf", StandardOpenOption.APPEND);
        try (var segments = new Segments(directory)) {
            segments.append(line("after"));
            assertThat(segments.last(10, _ -> true))
                    .extracting(placed -> placed.line().text())
                    .containsExactly("before", "after");
        }
    }

    @Test
    void linesSurviveBeingWritten() {
        for (var text : new String[] {"", " ", "a\tb", "+ - |", "Grüße", "\u001b[31mred", "2026 x o y\tz"}) {
            var line = new StoredLine(NOW, "0123456789ab", true, "web.1 #12", text);
            assertThat(StoredLine.parse(line.written())).contains(line);
        }
        for (var foreign : new String[] {"", "x", "a b c d", "not-a-time 0123 o web\tx", NOW + " 0123 o no tab"}) {
            assertThat(StoredLine.parse(foreign)).isEmpty();
        }
    }

    private long bytes() throws IOException {
        try (var files = Files.list(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static StoredLine line(String text) {
        return new StoredLine(NOW, "0123456789ab", false, "web.1 #1", text);
    }
}
