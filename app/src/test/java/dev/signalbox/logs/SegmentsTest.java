package dev.signalbox.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
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
            assertThat(kept.getLast().text()).isEqualTo("line 10000");
            assertThat(kept.getFirst().text()).isEqualTo("line " + (10_001 - kept.size()));
            assertThat(bytes()).isBetween(100_000L, 111_000L);
        }
    }

    @Test
    void theLastLinesComeFromSeveralFiles() throws IOException {
        try (var segments = new Segments(directory, 100)) {
            for (int i = 1; i <= 20; i++) segments.append(line("line " + i));
            assertThat(segments.last(5, _ -> true))
                    .extracting(StoredLine::text)
                    .containsExactly("line 16", "line 17", "line 18", "line 19", "line 20");
            assertThat(segments.last(2, line -> line.text().endsWith("7")))
                    .extracting(StoredLine::text)
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
            assertThat(last.getLast().text()).endsWith("x50");
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
                    .extracting(StoredLine::text)
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
