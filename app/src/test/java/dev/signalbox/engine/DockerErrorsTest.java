package dev.signalbox.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.exception.BadRequestException;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.signalbox.engine.EngineException.Kind;
import java.net.SocketException;
import java.net.URI;
import org.junit.jupiter.api.Test;

class DockerErrorsTest {
    private static final URI HOST = URI.create("unix:///var/run/docker.sock");

    @Test
    void saysWhatDockerSaid() {
        assertTold(
                new NotFoundException("{\"message\":\"No such container: web\"}\n"),
                Kind.NOT_FOUND,
                "Docker could not start web: No such container: web.");
        assertTold(
                new ConflictException("{\"message\":\"The name is already in use.\"}"),
                Kind.CONFLICT,
                "Docker could not start web: The name is already in use.");
        assertTold(
                new DockerException("{\"message\":\"Address already in use\"}", 403),
                Kind.CONFLICT,
                "Docker could not start web: Address already in use.");
        assertTold(
                new InternalServerErrorException("something without form"),
                Kind.REFUSED,
                "Docker could not start web: something without form.");
        assertTold(new BadRequestException("{not json"), Kind.REFUSED, "Docker could not start web: {not json.");
    }

    @Test
    void tellsAFullDiskFromTheRest() {
        assertTold(
                new InternalServerErrorException("{\"message\":\"write /var/lib/docker/x: no space left on device\"}"),
                Kind.OUT_OF_SPACE,
                "Docker could not start web: write /var/lib/docker/x: no space left on device.");
    }

    @Test
    void tellsABrokenConnectionFromAnAbsentDaemon() {
        assertTold(
                new RuntimeException(new SocketException("Broken pipe")),
                Kind.UNREACHABLE,
                "The connection to Docker broke when it was asked to start web (Broken pipe). Try again.");
        assertTold(
                new RuntimeException(new SocketException("Permission denied")),
                Kind.UNREACHABLE,
                "Docker cannot be reached at /var/run/docker.sock (permission denied). Start Docker, then try again.");
    }

    @Test
    void leavesOurOwnExceptionsAlone() {
        var own = new BuildFailed("exit code: 1");

        assertThat(DockerErrors.translate(HOST, "start web", own)).isSameAs(own);
    }

    private static void assertTold(RuntimeException problem, Kind kind, String message) {
        var told = DockerErrors.translate(HOST, "start web", problem);

        assertThat(told).hasMessage(message).hasCause(told.getCause());
        assertThat(told.kind()).isEqualTo(kind);
    }
}
