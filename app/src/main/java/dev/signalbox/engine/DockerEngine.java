package dev.signalbox.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The engine at a Docker socket. Everything it makes is marked with the instance, and it finds nothing else. */
public final class DockerEngine implements Engine {
    private final DockerConnection connection;
    private final Containers containers;
    private final Images images;
    private final Builds builds;
    private final Storage storage;
    private final Networks networks;
    private final Addresses addresses;
    private final Logs logs;
    private final Events events;

    private DockerEngine(DockerConnection connection, Ownership ownership, InstantSource clock) {
        this.connection = connection;
        this.containers = new Containers(connection, ownership);
        this.images = new Images(connection, ownership);
        this.builds = new Builds(connection, ownership);
        this.storage = new Storage(connection, ownership);
        this.networks = new Networks(connection, ownership, new Subnets(clock));
        this.addresses = new Addresses(connection, networks, clock);
        this.logs = new Logs(connection);
        this.events = new Events(connection, ownership, clock);
    }

    /** Asks nothing of Docker yet, which may even be absent: the first call connects. */
    public static DockerEngine connect(URI dockerHost, String instance, InstantSource clock) {
        return connect(dockerHost, instance, clock, TimeLimits.DEFAULT);
    }

    static DockerEngine connect(URI dockerHost, String instance, InstantSource clock, TimeLimits limits) {
        return new DockerEngine(new DockerConnection(dockerHost, limits), new Ownership(instance), clock);
    }

    @Override
    public EngineVersion version() {
        return connection.ask("tell its version", session -> {
            var version = session.get("/version");
            var storage = session.get("/info").path("Driver").asText();
            return new EngineVersion(version.path("Version").asText(), session.api(), storage);
        });
    }

    @Override
    public EngineSetup setup() {
        return connection.ask("tell how it is set up", session -> {
            var version = session.get("/version");
            var about = session.get("/info");
            return new EngineSetup(
                    version.path("Version").asText(),
                    runc(version),
                    about.path("Driver").asText(),
                    about.path("DriverStatus").toString().contains("io.containerd.snapshotter"),
                    about.path("LiveRestoreEnabled").asBoolean(),
                    about.path("DockerRootDir").asText());
        });
    }

    private static String runc(JsonNode version) {
        return StreamSupport.stream(version.path("Components").spliterator(), false)
                .filter(component -> component.path("Name").asText().equals("runc"))
                .map(component -> component.path("Version").asText())
                .findFirst()
                .orElse("");
    }

    @Override
    public Optional<Image> findImage(String reference) {
        return images.find(reference);
    }

    @Override
    public List<Image> listImages() {
        return images.list();
    }

    @Override
    public void removeImage(String reference) {
        images.remove(reference);
    }

    @Override
    public ImageId build(BuildRequest request, BuildContext context, Consumer<BuildEvent> listener)
            throws InterruptedException {
        return builds.build(request, context, listener);
    }

    @Override
    public long trimBuildCache(long keepBytes, Duration unusedFor) {
        return storage.trimBuildCache(keepBytes, unusedFor);
    }

    @Override
    public StorageUse storage() {
        return storage.use();
    }

    @Override
    public Network ensureNetwork(String name, Map<String, String> labels) {
        var network = networks.ensure(name, labels);
        addresses.know(network);
        return network;
    }

    @Override
    public List<Network> listNetworks(Map<String, String> labels) {
        return networks.list(labels);
    }

    @Override
    public void removeNetwork(String name) {
        networks.remove(name);
        addresses.forget(name);
    }

    @Override
    public Address reserveAddress(String network) {
        return addresses.reserve(network);
    }

    @Override
    public void releaseAddress(Address address) {
        addresses.release(address);
    }

    @Override
    public ContainerId createContainer(ContainerSpec spec) {
        var id = containers.create(spec);
        if (spec.address() != null) addresses.use(spec.address());
        return id;
    }

    @Override
    public ContainerId createSystemContainer(SystemContainer spec) {
        return containers.createSystem(spec);
    }

    @Override
    public void startContainer(ContainerId id) {
        containers.start(id);
    }

    @Override
    public void restartPolicy(ContainerId id, Restart restart) {
        containers.restartPolicy(id, restart);
    }

    @Override
    public void stopContainer(ContainerId id, Duration grace) {
        containers.stop(id, grace);
    }

    @Override
    public void removeContainer(ContainerId id) {
        containers.remove(id);
    }

    @Override
    public Optional<Container> findContainer(String nameOrId) {
        return containers.find(nameOrId);
    }

    @Override
    public List<Container> listContainers(Map<String, String> labels) {
        return containers.list(labels);
    }

    @Override
    public List<Listener> listeners(ContainerId id) {
        return containers.listeners(id);
    }

    @Override
    public List<LogLine> tail(ContainerId id, int lines) {
        return logs.tail(id, lines);
    }

    @Override
    public Stream follow(ContainerId id, @Nullable Instant since, Consumer<LogLine> lines) {
        return logs.follow(id, since, lines);
    }

    @Override
    public Stream events(Map<String, String> labels, Consumer<EngineEvent> listener) {
        return events.watch(labels, listener);
    }

    @Override
    public void close() {
        connection.close();
    }
}
