package dev.signalbox.engine;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.InternetProtocol;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The images of this host. */
final class Images {
    private static final String NAMELESS = "<none>:<none>";

    private final DockerConnection connection;
    private final Ownership ownership;

    Images(DockerConnection connection, Ownership ownership) {
        this.connection = connection;
        this.ownership = ownership;
    }

    Optional<Image> find(String reference) {
        return connection.ask("look at the image " + reference, session -> inspect(session.docker(), reference));
    }

    private static Optional<Image> inspect(DockerClient docker, String reference) {
        try {
            return Optional.of(view(docker.inspectImageCmd(reference).exec()));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    List<Image> list() {
        return connection.ask(
                "list images",
                session -> session.docker().listImagesCmd().withLabelFilter(ownership.mark(Map.of())).exec().stream()
                        .flatMap(listed -> inspect(session.docker(), listed.getId()).stream())
                        .toList());
    }

    void remove(String reference) {
        connection.change("remove the image " + reference, session -> {
            try {
                session.docker().removeImageCmd(reference).exec();
            } catch (NotFoundException | ConflictException e) {
                // It is gone, or something uses it.
            }
        });
    }

    private static Image view(InspectImageResponse found) {
        var config = requireNonNullElse(found.getConfig(), new ContainerConfig());
        return new Image(
                new ImageId(requireNonNull(found.getId())),
                names(found),
                requireNonNullElse(found.getSize(), 0L),
                ports(config.getExposedPorts()),
                requireNonNullElse(config.getUser(), ""),
                list(config.getEntrypoint()),
                list(config.getCmd()),
                environment(config.getEnv()),
                Map.copyOf(requireNonNullElse(config.getLabels(), Map.of())));
    }

    private static List<String> names(InspectImageResponse found) {
        return requireNonNullElse(found.getRepoTags(), List.<String>of()).stream()
                .filter(name -> !name.equals(NAMELESS))
                .toList();
    }

    private static List<Integer> ports(ExposedPort @Nullable [] exposed) {
        return Arrays.stream(exposed == null ? new ExposedPort[0] : exposed)
                .filter(port -> port.getProtocol() == InternetProtocol.TCP)
                .map(ExposedPort::getPort)
                .sorted()
                .toList();
    }

    private static List<String> list(String @Nullable [] words) {
        return words == null ? List.of() : List.of(words);
    }

    private static Map<String, String> environment(String @Nullable [] variables) {
        var environment = new LinkedHashMap<String, String>();
        for (var variable : list(variables)) {
            int equals = variable.indexOf('=');
            if (equals > 0) environment.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        return Map.copyOf(environment);
    }
}
