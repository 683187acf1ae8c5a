package dev.signalbox.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import dev.signalbox.engine.EngineException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One build, from sending the files to the image's id. */
final class BuildRun implements Callable<ImageId> {
    private static final Logger log = LoggerFactory.getLogger(BuildRun.class);

    /** What BuildKit puts before its reasons, which tells a person nothing. */
    private static final List<String> PREFIXES = List.of(
            "failed to solve with frontend dockerfile.v0: ",
            "failed to solve: ",
            "failed to build LLB: ",
            "rpc error: code = Unknown desc = ");

    private final DockerConnection connection;
    private final String path;
    private final BuildContext context;
    private final Consumer<BuildEvent> listener;
    private @Nullable RuntimeException listenersFault;

    BuildRun(DockerConnection connection, String path, BuildContext context, Consumer<BuildEvent> listener) {
        this.connection = connection;
        this.path = path;
        this.context = context;
        this.listener = listener;
    }

    @Override
    public ImageId call() throws InterruptedException, IOException {
        var upload = Upload.start(context);
        try (upload;
                var response = connection
                        .streams()
                        .execute(connection
                                .request(Request.Method.POST, path)
                                .putHeader("Content-Type", "application/x-tar")
                                .body(upload.body())
                                .build())) {
            DockerSession.requireSuccess(response);
            return read(response.getBody());
        } catch (IOException | RuntimeException e) {
            if (listenersFault != null) throw listenersFault;
            throw upload.failure() == null ? connection.translate("build the image", e) : unreadable(upload.failure());
        }
    }

    private ImageId read(InputStream body) throws IOException {
        ImageId image = null;
        var trace = new BuildTrace(this::tell);
        // Not closed here: the stream would first be read to its end, which is the build's.
        MappingIterator<JsonNode> answers = DockerClientConfig.getDefaultObjectMapper()
                .readerFor(JsonNode.class)
                .readValues(body);
        while (answers.hasNextValue()) {
            var answer = answers.nextValue();
            if (answer.has("errorDetail") || answer.has("error")) throw failure(answer);
            switch (answer.path("id").asText()) {
                case "moby.buildkit.trace" -> report(trace, answer.path("aux").binaryValue());
                case "moby.image.id" ->
                    image = new ImageId(answer.path("aux").path("ID").asText());
                default -> {}
            }
        }
        if (image == null) throw interrupted();
        return image;
    }

    /** A report that cannot be read costs its lines, not the build. */
    private void report(BuildTrace trace, byte[] report) {
        try {
            trace.read(report);
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            if (listenersFault != null) throw e;
            log.debug("BuildKit reported in an unknown form", e);
        }
    }

    private void tell(BuildEvent event) {
        try {
            listener.accept(event);
        } catch (RuntimeException e) {
            listenersFault = e;
            throw e;
        }
    }

    private static EngineException failure(JsonNode answer) {
        var reason = answer.path("errorDetail")
                .path("message")
                .asText(answer.path("error").asText());
        for (boolean shorter = true; shorter; ) {
            var before = reason;
            for (var prefix : PREFIXES) reason = reason.startsWith(prefix) ? reason.substring(prefix.length()) : reason;
            shorter = !before.equals(reason);
        }
        if (reason.contains("no space left on device")) {
            return new EngineException(
                    Kind.OUT_OF_SPACE, "The disk is full: " + reason + ". Free some space, then build again.", null);
        }
        return reason.endsWith("context canceled") ? interrupted() : new BuildFailed(reason);
    }

    private static EngineException interrupted() {
        return new EngineException(
                Kind.UNREACHABLE, "Docker stopped in the middle of the build. Nothing was made; build again.", null);
    }

    private static EngineException unreadable(Exception reason) {
        return new EngineException(
                Kind.REFUSED, "The files of the build could not be read: " + reason.getMessage() + ".", reason);
    }
}
