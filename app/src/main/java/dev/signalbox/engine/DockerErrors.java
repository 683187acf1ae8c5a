package dev.signalbox.engine;

import static dev.signalbox.engine.EngineException.Kind.CONFLICT;
import static dev.signalbox.engine.EngineException.Kind.NOT_FOUND;
import static dev.signalbox.engine.EngineException.Kind.OUT_OF_SPACE;
import static dev.signalbox.engine.EngineException.Kind.REFUSED;
import static dev.signalbox.engine.EngineException.Kind.TIMED_OUT;
import static dev.signalbox.engine.EngineException.Kind.UNREACHABLE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.core.DockerClientConfig;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.URI;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The one place where what docker-java throws becomes an {@link EngineException} with a sentence for a person. */
final class DockerErrors {
    private DockerErrors() {}

    /** {@code task} finishes the sentence "Docker was asked to …". */
    static EngineException translate(URI host, String task, Throwable problem) {
        if (problem instanceof EngineException own) return own;
        if (problem instanceof DockerException answer) return refusal(task, answer);
        var broken = ioCause(problem);
        if (broken != null) return unreachable(host, task, broken);
        if (problem instanceof Error error) throw error;
        return new EngineException(REFUSED, "Docker could not " + task + ": " + problem.getMessage() + ".", problem);
    }

    static EngineException timedOut(String task, Duration limit, @Nullable Throwable cause) {
        return new EngineException(
                TIMED_OUT,
                "Docker did not answer within %s s when asked to %s. Running containers are not affected; try again, and restart Docker if it stays so."
                        .formatted(seconds(limit), task),
                cause);
    }

    private static String seconds(Duration limit) {
        return BigDecimal.valueOf(limit.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    private static EngineException unreachable(URI host, String task, IOException broken) {
        var reason = String.valueOf(broken.getMessage());
        // A Unix socket that is not there is a plain SocketException; only its text tells it from a broken connection.
        boolean absent = broken instanceof ConnectException
                || reason.contains("No such file")
                || reason.contains("Permission denied")
                || reason.contains("Connection refused");
        var message = absent
                ? "Docker cannot be reached at %s (%s). Start Docker, then try again."
                        .formatted(host.getPath().isEmpty() ? host : host.getPath(), shorten(reason))
                : "The connection to Docker broke when it was asked to %s (%s). Try again.".formatted(task, reason);
        return new EngineException(UNREACHABLE, message, broken);
    }

    private static String shorten(String reason) {
        for (var known : new String[] {"No such file or directory", "Permission denied", "Connection refused"}) {
            if (reason.contains(known)) return known.toLowerCase(Locale.ROOT);
        }
        return reason;
    }

    private static EngineException refusal(String task, DockerException answer) {
        var said = message(answer);
        var kind = said.contains("no space left on device") ? OUT_OF_SPACE : kind(answer.getHttpStatus());
        return new EngineException(kind, "Docker could not " + task + ": " + withStop(said), answer);
    }

    private static EngineException.Kind kind(int status) {
        return switch (status) {
            case 404 -> NOT_FOUND;
            // Forbidden is what is in the way of a network: its containers, another's subnet, a taken address.
            case 403, 409 -> CONFLICT;
            default -> REFUSED;
        };
    }

    private static String withStop(String sentence) {
        return sentence.endsWith(".") ? sentence : sentence + ".";
    }

    /** What the daemon said: its answers are {@code {"message": …}}; docker-java puts the status in front. */
    static String message(DockerException answer) {
        var text = String.valueOf(answer.getMessage())
                .replaceFirst("^Status " + answer.getHttpStatus() + ": ", "")
                .strip();
        if (!text.startsWith("{")) return text;
        try {
            var json = DockerClientConfig.getDefaultObjectMapper().readTree(text);
            return json.path("message").asText(text).strip();
        } catch (JsonProcessingException e) {
            return text;
        }
    }

    /**
     * The daemon went away under a connection, or came back as another version: worth one more try on a new connection,
     * since every call of this package may be repeated.
     */
    static boolean isStale(RuntimeException problem) {
        if (problem instanceof DockerException answer) {
            return answer.getHttpStatus() == 400 && message(answer).contains("client version");
        }
        var io = ioCause(problem);
        return io == null ? isClosedByAnother(problem) : !(io instanceof ClosedByInterruptException);
    }

    /** Another call found the daemon gone first, and closed the connections of all. */
    private static boolean isClosedByAnother(RuntimeException problem) {
        return problem instanceof IllegalStateException
                && String.valueOf(problem.getMessage()).equals("Connection pool shut down");
    }

    private static @Nullable IOException ioCause(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException io) return io;
        }
        return null;
    }
}
