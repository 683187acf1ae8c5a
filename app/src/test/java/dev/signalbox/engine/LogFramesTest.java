package dev.signalbox.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogFramesTest {
    private static final int OUT = 1;
    private static final int ERR = 2;
    private static final String NOON = "2026-03-01T12:00:00.000000001Z ";
    private static final String LATER = "2026-03-01T12:00:00.500000000Z ";

    private final ByteArrayOutputStream stream = new ByteArrayOutputStream();

    @Test
    void readsBothOutputs() throws IOException {
        frame(OUT, NOON + "hello\n");
        frame(ERR, LATER + "oops: a b\r\n");
        frame(OUT, LATER + "\n");

        assertThat(lines())
                .containsExactly(
                        new LogLine(Instant.parse(NOON.strip()), false, "hello"),
                        new LogLine(Instant.parse(LATER.strip()), true, "oops: a b"),
                        new LogLine(Instant.parse(LATER.strip()), false, ""));
    }

    @Test
    void joinsThePiecesOfALine() throws IOException {
        frame(OUT, NOON + "a".repeat(16_384));
        frame(ERR, NOON + "between\n");
        frame(OUT, NOON + "b".repeat(16_384));
        frame(OUT, NOON + "c\n");
        frame(OUT, LATER + "next\n");

        assertThat(texts()).containsExactly("between", "a".repeat(16_384) + "b".repeat(16_384) + "c", "next");
    }

    @Test
    void endsALineWhoseLastPieceHasNoLineEnd() throws IOException {
        frame(OUT, NOON + "a".repeat(16_384));
        frame(OUT, NOON + "b");
        frame(OUT, LATER + "c".repeat(16_384));
        frame(OUT, "2026-03-01T12:00:01.000000000Z next\n");

        assertThat(texts()).containsExactly("a".repeat(16_384) + "b", "c".repeat(16_384), "next");
    }

    @Test
    void cutsALineThatIsTooLong() throws IOException {
        for (int piece = 0; piece < 10; piece++) frame(OUT, NOON + "a".repeat(16_384));
        frame(OUT, NOON + "end\n");
        frame(OUT, LATER + "next\n");

        assertThat(texts()).hasSize(2).last().isEqualTo("next");
        assertThat(texts().getFirst()).hasSize(64 << 10).endsWith("a [line cut]");
    }

    @Test
    void replacesWhatIsNoText() throws IOException {
        stream.write(ByteBuffer.allocate(8).put((byte) OUT).putInt(4, 34).array());
        stream.write(NOON.getBytes(StandardCharsets.US_ASCII));
        stream.write(new byte[] {(byte) 0xff, 'x', '\n'});

        assertThat(texts()).containsExactly("\uFFFDx");
    }

    @Test
    void keepsALineWithoutATime() throws IOException {
        frame(OUT, "no time here\n");

        assertThat(lines()).containsExactly(new LogLine(Instant.EPOCH, false, "no time here"));
    }

    @Test
    void noticesThatTheStreamWasCut() throws IOException {
        frame(OUT, NOON + "hello\n");
        stream.write(new byte[] {1, 0, 0});

        assertThatThrownBy(this::lines).isInstanceOf(EOFException.class);
    }

    @Test
    void noticesThatAFrameWasCut() throws IOException {
        stream.write(ByteBuffer.allocate(8).put((byte) OUT).putInt(4, 100).array());
        stream.write(NOON.getBytes(StandardCharsets.US_ASCII));

        assertThatThrownBy(this::lines).isInstanceOf(EOFException.class);
    }

    private void frame(int output, String text) throws IOException {
        var payload = text.getBytes(StandardCharsets.UTF_8);
        stream.write(ByteBuffer.allocate(8)
                .put((byte) output)
                .putInt(4, payload.length)
                .array());
        stream.write(payload);
    }

    private List<String> texts() throws IOException {
        return lines().stream().map(LogLine::text).toList();
    }

    private List<LogLine> lines() throws IOException {
        var lines = new ArrayList<LogLine>();
        new LogFrames(lines::add).read(new ByteArrayInputStream(stream.toByteArray()));
        return lines;
    }
}
