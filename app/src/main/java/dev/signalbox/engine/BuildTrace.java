package dev.signalbox.engine;

import dev.signalbox.engine.BuildEvent.StepDone;
import dev.signalbox.engine.BuildEvent.StepFailed;
import dev.signalbox.engine.BuildEvent.StepOutput;
import dev.signalbox.engine.BuildEvent.StepStarted;
import dev.signalbox.engine.BuildEvent.Warning;
import dev.signalbox.engine.Protobuf.Field;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns BuildKit's reports into events. BuildKit repeats the whole state of a step whenever anything in it changes, and
 * sends output in pieces; here each turn is told once, and output line by line.
 */
final class BuildTrace {
    /** Output without a line end is handed on in pieces of this size. */
    private static final int LONGEST_LINE = 64 << 10;

    private static final String CANCELLED = "context canceled";

    private final Consumer<BuildEvent> listener;
    private final Map<String, Step> steps = new HashMap<>();

    BuildTrace(Consumer<BuildEvent> listener) {
        this.listener = listener;
    }

    /** One {@code StatusResponse}. */
    void read(byte[] report) {
        Protobuf.read(ByteBuffer.wrap(report), field -> {
            switch (field.number()) {
                case 1 -> vertex(field);
                case 3 -> output(field);
                case 4 -> warning(field);
                // 2 counts bytes of downloads, which nobody shows.
                default -> {}
            }
        });
    }

    private void vertex(Field message) {
        var state = new Vertex();
        Protobuf.read(message.bytes(), state::set);
        var step = step(state.digest);
        step.name = state.name;
        if (state.started != null) step.start();
        if (state.completed != null) step.complete(state);
    }

    private void output(Field message) {
        var log = new VertexLog();
        Protobuf.read(message.bytes(), log::set);
        var step = step(log.vertex);
        step.start();
        step.print(log.text);
    }

    private void warning(Field message) {
        Protobuf.read(message.bytes(), field -> {
            if (field.number() == 3) listener.accept(new Warning(field.text()));
        });
    }

    private Step step(String digest) {
        return steps.computeIfAbsent(digest, ignored -> new Step(steps.size() + 1));
    }

    /** A step as last reported. */
    private static final class Vertex {
        private String digest = "";
        private String name = "";
        private boolean cached;
        private @Nullable Instant started;
        private @Nullable Instant completed;
        private String error = "";

        void set(Field field) {
            switch (field.number()) {
                case 1 -> digest = field.text();
                case 3 -> name = field.text();
                case 4 -> cached = field.isTrue();
                case 5 -> started = field.time();
                case 6 -> completed = field.time();
                case 7 -> error = field.text();
                default -> {}
            }
        }

        Duration took() {
            return started == null || completed == null ? Duration.ZERO : Duration.between(started, completed);
        }
    }

    private static final class VertexLog {
        private String vertex = "";
        private ByteBuffer text = ByteBuffer.allocate(0);

        void set(Field field) {
            switch (field.number()) {
                case 1 -> vertex = field.text();
                case 4 -> text = field.bytes();
                default -> {}
            }
        }
    }

    /** A step as it has been told so far. */
    private final class Step {
        private final int number;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private String name = "";
        private boolean started;
        private boolean ended;

        Step(int number) {
            this.number = number;
        }

        void start() {
            if (started) return;
            started = true;
            listener.accept(new StepStarted(number, name));
        }

        void print(ByteBuffer text) {
            while (text.hasRemaining()) {
                byte next = text.get();
                if (next == '\n' || line.size() >= LONGEST_LINE) flush();
                if (next != '\n') line.write(next);
            }
        }

        void complete(Vertex state) {
            if (ended) return;
            ended = true;
            if (line.size() > 0) flush();
            if (state.error.isEmpty()) {
                listener.accept(new StepDone(number, name, state.cached, state.took()));
            } else if (!state.error.contains(CANCELLED)) {
                // A step that was running beside the one that failed is cancelled, which is no fault of its own.
                listener.accept(new StepFailed(number, name, state.error));
            }
        }

        private void flush() {
            var text = line.toString(StandardCharsets.UTF_8);
            line.reset();
            listener.accept(new StepOutput(number, text.endsWith("\r") ? text.substring(0, text.length() - 1) : text));
        }
    }
}
