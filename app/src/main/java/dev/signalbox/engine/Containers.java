package dev.signalbox.engine;

import static java.util.Objects.requireNonNullElse;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import dev.signalbox.engine.Container.State;
import dev.signalbox.engine.EngineException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The life of containers: made, found, started, stopped, removed. */
final class Containers {
    private final DockerConnection connection;
    private final Ownership ownership;

    Containers(DockerConnection connection, Ownership ownership) {
        this.connection = connection;
        this.ownership = ownership;
    }

    ContainerId create(ContainerSpec spec) {
        return createOrFind(spec.name(), session -> {
            var command = session.docker()
                    .createContainerCmd(spec.image().value())
                    .withName(spec.name())
                    .withLabels(ownership.mark(spec.labels()))
                    .withEnv(spec.environment().entrySet().stream()
                            .map(variable -> variable.getKey() + "=" + variable.getValue())
                            .toList())
                    .withStopTimeout(seconds(spec.limits().stopGrace()))
                    .withHostConfig(Hardening.tenant(spec, session.openFiles()));
            if (spec.profile() == Profile.RECIPE) command.withUser(Hardening.RECIPE_USER);
            // Given as the entry point, it does not become an argument of the image's own.
            if (spec.command() != null) command.withEntrypoint(spec.command().argv());
            if (spec.address() != null)
                command.withIpv4Address(spec.address().ip()).withAliases(spec.aliases());
            return command;
        });
    }

    ContainerId createSystem(SystemContainer spec) {
        return createOrFind(
                spec.name(),
                session -> session.docker()
                        .createContainerCmd(spec.image().value())
                        .withName(spec.name())
                        .withLabels(ownership.mark(spec.labels()))
                        .withUser("0:" + spec.group())
                        .withCmd(spec.command())
                        .withHostConfig(Hardening.system(spec, session.openFiles())));
    }

    private ContainerId createOrFind(String name, Function<DockerSession, CreateContainerCmd> command) {
        try {
            return connection.make(
                    "create the container " + name,
                    session -> new ContainerId(command.apply(session).exec().getId()));
        } catch (EngineException e) {
            if (e.kind() != Kind.CONFLICT) throw e;
            return find(name)
                    .filter(found -> ownership.covers(found.labels()) && found.state() != State.DEAD)
                    .map(Container::id)
                    .orElseThrow(() -> e);
        }
    }

    void start(ContainerId id) {
        connection.change("start the container " + brief(id), session -> {
            try {
                session.docker().startContainerCmd(id.value()).exec();
            } catch (NotModifiedException e) {
                // It runs already.
            }
        });
    }

    void restartPolicy(ContainerId id, Restart restart) {
        connection.change(
                "update the container " + brief(id),
                session -> session.docker()
                        .updateContainerCmd(id.value())
                        .withRestartPolicy(Hardening.policy(restart))
                        .exec());
    }

    void stop(ContainerId id, Duration grace) {
        connection.stop("stop the container " + brief(id), grace, session -> {
            try {
                session.docker()
                        .stopContainerCmd(id.value())
                        .withTimeout(seconds(grace))
                        .exec();
            } catch (NotModifiedException | NotFoundException e) {
                // It has stopped already, or is gone.
            }
        });
    }

    void remove(ContainerId id) {
        connection.change("remove the container " + brief(id), session -> {
            try {
                // The volumes removed with it are the nameless ones that its image declares.
                session.docker()
                        .removeContainerCmd(id.value())
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec();
            } catch (NotFoundException | ConflictException e) {
                // It is gone, or another call is removing it.
            }
        });
    }

    Optional<Container> find(String nameOrId) {
        return inspect(nameOrId).map(Containers::view);
    }

    List<Listener> listeners(ContainerId id) {
        var process = inspect(id.value()).map(found -> found.getState().getPidLong());
        if (process.isEmpty() || process.get() == 0) return List.of();
        try {
            return ListeningSockets.of(Path.of("/proc", process.get().toString()));
        } catch (IOException e) {
            throw new EngineException(
                    Kind.REFUSED, "The sockets of the container " + brief(id) + " cannot be read from /proc.", e);
        }
    }

    private Optional<InspectContainerResponse> inspect(String nameOrId) {
        return connection.ask("look at the container " + nameOrId, session -> inspect(session.docker(), nameOrId));
    }

    private static Optional<InspectContainerResponse> inspect(DockerClient docker, String nameOrId) {
        try {
            return Optional.of(docker.inspectContainerCmd(nameOrId).exec());
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    List<Container> list(Map<String, String> labels) {
        return connection.ask(
                "list containers",
                session ->
                        session
                                .docker()
                                .listContainersCmd()
                                .withShowAll(true)
                                .withLabelFilter(ownership.mark(labels))
                                .exec()
                                .stream()
                                // The list tells neither exit codes nor times.
                                .flatMap(listed -> inspect(session.docker(), listed.getId()).stream())
                                .map(Containers::view)
                                .toList());
    }

    private static Container view(InspectContainerResponse found) {
        var state = found.getState();
        return new Container(
                new ContainerId(found.getId()),
                withoutSlash(found.getName()),
                state(String.valueOf(state.getStatus())),
                new ImageId(found.getImageId()),
                requireNonNullElse(found.getConfig().getLabels(), Map.of()),
                address(found),
                requireNonNullElse(state.getExitCodeLong(), 0L).intValue(),
                Boolean.TRUE.equals(state.getOOMKilled()),
                time(state.getStartedAt()),
                time(state.getFinishedAt()));
    }

    private static State state(String status) {
        return switch (status) {
            case "created" -> State.CREATED;
            case "running" -> State.RUNNING;
            case "paused" -> State.PAUSED;
            case "restarting" -> State.RESTARTING;
            case "exited" -> State.EXITED;
            // Also while it is being removed.
            default -> State.DEAD;
        };
    }

    /** The address it was given, which is also that of a container that does not run now. */
    private static @Nullable String address(InspectContainerResponse found) {
        for (var network : found.getNetworkSettings().getNetworks().values()) {
            var address = Addresses.of(network);
            if (address != null) return address;
        }
        return null;
    }

    private static String withoutSlash(String name) {
        return name.startsWith("/") ? name.substring(1) : name;
    }

    /** Docker writes the year 1 for "never". */
    private static @Nullable Instant time(@Nullable String text) {
        return text == null || text.isEmpty() || text.startsWith("0001-") ? null : Instant.parse(text);
    }

    private static int seconds(Duration duration) {
        return Math.toIntExact(duration.plusMillis(999).toSeconds());
    }

    private static String brief(ContainerId id) {
        return id.value().length() > 12 ? id.value().substring(0, 12) : id.value();
    }
}
