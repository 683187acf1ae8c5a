package dev.signalbox.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.dockerjava.core.DockerClientConfig;
import dev.signalbox.engine.EngineException.Kind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the daemon's BuildKit build images, without a client's session: files go in, progress comes out. */
final class Builds {
    private static final Logger log = LoggerFactory.getLogger(Builds.class);

    private static final Duration CANCEL_LIMIT = Duration.ofMillis(600);
    private static final Duration FAREWELL = Duration.ofMillis(300);

    private final DockerConnection connection;
    private final Ownership ownership;

    Builds(DockerConnection connection, Ownership ownership) {
        this.connection = connection;
        this.ownership = ownership;
    }

    ImageId build(BuildRequest request, BuildContext context, Consumer<BuildEvent> listener)
            throws InterruptedException {
        var id = UUID.randomUUID().toString();
        var run = new FutureTask<>(new BuildRun(connection, path(id, request), context, listener));
        var worker = Thread.ofVirtual().name("docker-build").start(run);
        try {
            return run.get(request.limit().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) throw failure;
            throw connection.translate("build the image", e);
        } catch (TimeoutException e) {
            throw new EngineException(
                    Kind.TIMED_OUT, "The build ran longer than " + text(request.limit()) + " and was stopped.", e);
        } finally {
            if (worker.isAlive()) cancel(id, worker);
        }
    }

    private static String text(Duration limit) {
        var minutes = limit.toMinutes();
        return minutes > 1 ? minutes + " min" : limit.toSeconds() + " s";
    }

    /** Asked to, BuildKit kills what runs; with the connection gone it ends as well. */
    private void cancel(String id, Thread worker) throws InterruptedException {
        try {
            connection.change("cancel the build", CANCEL_LIMIT, session -> session.post("/build/cancel?id=" + id));
        } catch (EngineException e) {
            log.debug("Cancelling a build", e);
        }
        worker.interrupt();
        worker.join(FAREWELL);
    }

    private String path(String id, BuildRequest request) {
        var path = new StringBuilder("/build?version=2&rm=1&forcerm=1&buildid=" + id)
                .append("&t=" + encode(request.name()))
                .append("&dockerfile=" + encode(request.dockerfile()))
                .append("&buildargs=" + encode(request.arguments()))
                .append("&labels=" + encode(ownership.mark(request.labels())));
        if (request.target() != null) path.append("&target=" + encode(request.target()));
        if (request.withoutCache()) path.append("&nocache=1");
        return path.toString();
    }

    private static String encode(Map<String, String> pairs) {
        try {
            return encode(DockerClientConfig.getDefaultObjectMapper().writeValueAsString(pairs));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
