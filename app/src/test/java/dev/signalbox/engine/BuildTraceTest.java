package dev.signalbox.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.engine.BuildEvent.StepDone;
import dev.signalbox.engine.BuildEvent.StepFailed;
import dev.signalbox.engine.BuildEvent.StepOutput;
import dev.signalbox.engine.BuildEvent.StepStarted;
import dev.signalbox.engine.BuildEvent.Warning;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuildTraceTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00.25Z");

    private final List<BuildEvent> events = new ArrayList<>();
    private final BuildTrace trace = new BuildTrace(events::add);

    @Test
    void tellsEachTurnOfAStepOnce() {
        var planned = new Message().text(1, "sha256:a").text(3, "RUN make");
        var started = new Message().text(1, "sha256:a").text(3, "RUN make").message(5, time(START));
        var done = new Message()
                .text(1, "sha256:a")
                .text(3, "RUN make")
                .message(5, time(START))
                .message(6, time(START.plusMillis(1500)));

        trace.read(new Message().message(1, planned).bytes());
        assertThat(events).isEmpty();
        trace.read(new Message().message(1, started).bytes());
        trace.read(new Message().message(1, started).bytes());
        trace.read(new Message().message(1, done).message(1, done).bytes());

        assertThat(events)
                .containsExactly(
                        new StepStarted(1, "RUN make"), new StepDone(1, "RUN make", false, Duration.ofMillis(1500)));
    }

    @Test
    void numbersStepsInTheOrderInWhichTheyAppear() {
        trace.read(new Message()
                .message(1, step("sha256:a", "first").number(4, 1).message(6, time(START)))
                .message(1, step("sha256:b", "second"))
                .bytes());

        assertThat(events)
                .containsExactly(
                        new StepStarted(1, "first"),
                        new StepDone(1, "first", true, Duration.ZERO),
                        new StepStarted(2, "second"));
    }

    @Test
    void handsOutputOnLineByLine() {
        trace.read(new Message().message(1, step("sha256:a", "RUN make")).bytes());
        trace.read(new Message().message(3, log("sha256:a", "one\ntw")).bytes());
        trace.read(new Message().message(3, log("sha256:a", "o\r\n\nrest")).bytes());
        trace.read(new Message()
                .message(1, step("sha256:a", "RUN make").message(6, time(START)))
                .bytes());

        assertThat(events.stream().filter(StepOutput.class::isInstance))
                .containsExactly(
                        new StepOutput(1, "one"),
                        new StepOutput(1, "two"),
                        new StepOutput(1, ""),
                        new StepOutput(1, "rest"));
        assertThat(events.getLast()).isInstanceOf(StepDone.class);
    }

    @Test
    void tellsAFailureButNotTheStepsThatItStopped() {
        trace.read(new Message()
                .message(1, step("sha256:a", "RUN test").message(6, time(START)).text(7, "exit code: 3"))
                .message(
                        1, step("sha256:b", "RUN sleep").message(6, time(START)).text(7, "context canceled"))
                .bytes());

        assertThat(events)
                .contains(new StepFailed(1, "RUN test", "exit code: 3"))
                .doesNotHaveAnyElementsOfTypes(StepDone.class)
                .hasSize(3);
    }

    @Test
    void passesWarningsOn() {
        trace.read(new Message()
                .message(4, new Message().text(1, "sha256:a").text(3, "JSON arguments recommended"))
                .bytes());

        assertThat(events).containsExactly(new Warning("JSON arguments recommended"));
    }

    @Test
    void skipsFieldsThatItDoesNotKnow() {
        var step = step("sha256:a", "RUN make")
                .number(100, -1)
                .fixed64(101)
                .fixed32(102)
                .text(2, "input");

        trace.read(new Message()
                .message(1, step)
                .message(2, new Message().text(1, "x"))
                .bytes());

        assertThat(events).containsExactly(new StepStarted(1, "RUN make"));
    }

    @Test
    void refusesWhatIsNoReport() {
        assertThatThrownBy(() -> trace.read(new byte[] {0x0a, 0x7f, 1})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> trace.read(new byte[] {0x0b})).isInstanceOf(IllegalArgumentException.class);
    }

    private static Message step(String digest, String name) {
        return new Message().text(1, digest).text(3, name).message(5, time(START));
    }

    private static Message log(String digest, String text) {
        return new Message()
                .text(1, digest)
                .message(2, time(START))
                .number(3, 1)
                .text(4, text);
    }

    private static Message time(Instant time) {
        return new Message().number(1, time.getEpochSecond()).number(2, time.getNano());
    }

    /** A protobuf message in the making. */
    private static final class Message {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message number(int field, long value) {
            varint((long) field << 3);
            varint(value);
            return this;
        }

        Message text(int field, String text) {
            return bytes(field, text.getBytes(StandardCharsets.UTF_8));
        }

        Message message(int field, Message message) {
            return bytes(field, message.bytes());
        }

        Message fixed64(int field) {
            varint((long) field << 3 | 1);
            out.writeBytes(new byte[8]);
            return this;
        }

        Message fixed32(int field) {
            varint((long) field << 3 | 5);
            out.writeBytes(new byte[4]);
            return this;
        }

        byte[] bytes() {
            return out.toByteArray();
        }

        private Message bytes(int field, byte[] bytes) {
            varint((long) field << 3 | 2);
            varint(bytes.length);
            out.writeBytes(bytes);
            return this;
        }

        private void varint(long value) {
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                out.write((int) (rest | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }
    }
}
