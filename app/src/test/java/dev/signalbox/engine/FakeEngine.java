package dev.signalbox.engine;

import static dev.signalbox.engine.Faults.Call.*;

import dev.signalbox.engine.Container.State;
import dev.signalbox.engine.EngineException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An engine in memory, for tests of what its users do when it fails: see {@link #faults}. Containers run no program; a
 * test says what they would do. Nothing restarts them. Events and lines are handed over before the call returns.
 */
public final class FakeEngine implements Engine {
    private static final int SIGTERMED = 128 + 15;

    public final Faults faults = new Faults();

    private final InstantSource clock;
    private final FakeImages images = new FakeImages();
    private final FakeNetworks networks;
    private final List<FakeContainer> containers = new ArrayList<>();
    private final FakeNews news = new FakeNews();
    private Consumer<Container> whenStarted = container -> {};
    private EngineSetup setup = new EngineSetup("20.10.24", "1.1.5+ds1", "overlay2", false, true, "/var/lib/docker");
    private StorageUse storage = new StorageUse(0, List.of(), List.of(), List.of(), List.of());
    private int made;

    public FakeEngine(InstantSource clock) {
        this.clock = clock;
        this.networks = new FakeNetworks(clock);
    }

    /** An image that is there under the name. */
    public synchronized ImageId addImage(String name, Integer... exposedPorts) {
        return images.add(name, Map.of(), List.of(exposedPorts));
    }

    /** What every container does as soon as it is started. */
    public synchronized void whenStarted(Consumer<Container> behaviour) {
        whenStarted = behaviour;
    }

    /** Every build fails with this message; null lets them succeed again. */
    public synchronized void failBuilds(@Nullable String message) {
        images.failBuilds(message);
    }

    /** What was built, oldest first. */
    public synchronized List<BuildRequest> builds() {
        return images.builds();
    }

    /** The container's process ends by itself. */
    public void exit(ContainerId id, int code) {
        act(() -> end(require(id), code));
    }

    /** The kernel kills the container for its memory. */
    public void killForMemory(ContainerId id) {
        act(() -> {
            var container = require(id);
            container.outOfMemory = true;
            news.tell(container.labels, new EngineEvent.OutOfMemory(id, container.labels, clock.instant()));
            return end(container, 137);
        });
    }

    public void print(ContainerId id, String text) {
        act(() -> require(id).print(new LogLine(clock.instant(), false, text)));
    }

    public void printError(ContainerId id, String text) {
        act(() -> require(id).print(new LogLine(clock.instant(), true, text)));
    }

    public void listen(ContainerId id, int port, boolean loopbackOnly) {
        act(() -> require(id).listeners.put(port, new Listener(port, loopbackOnly)));
    }

    /** What the container was asked to be. */
    public synchronized ContainerSpec spec(ContainerId id) {
        return require(id).spec;
    }

    /** Every reader is told that events may have been missed. */
    public void resumeEvents() {
        act(() -> {
            news.tellAll(new EngineEvent.Resumed(clock.instant()));
            return true;
        });
    }

    @Override
    public EngineVersion version() {
        return call(VERSION, () -> new EngineVersion("20.10.24", "1.41", "overlay2"));
    }

    @Override
    public EngineSetup setup() {
        return call(VERSION, () -> setup);
    }

    /** What it tells about itself from now on. */
    public synchronized void setUp(EngineSetup told) {
        setup = told;
    }

    @Override
    public Optional<Image> findImage(String reference) {
        return call(FIND_IMAGE, () -> images.find(reference));
    }

    @Override
    public List<Image> listImages() {
        return call(LIST_IMAGES, images::built);
    }

    @Override
    public void removeImage(String reference) {
        call(REMOVE_IMAGE, () -> images.remove(reference, containers));
    }

    @Override
    public ImageId build(BuildRequest request, BuildContext context, Consumer<BuildEvent> listener)
            throws InterruptedException {
        return faults.aroundInterruptibly(BUILD, () -> {
            try {
                context.writeTo(new ByteArrayOutputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            var step = "building " + request.name();
            listener.accept(new BuildEvent.StepStarted(1, step));
            var image = act(() -> images.build(request));
            listener.accept(new BuildEvent.StepDone(1, step, false, Duration.ofMillis(1)));
            return image;
        });
    }

    @Override
    public long trimBuildCache(long keepBytes, Duration unusedFor) {
        return call(TRIM_BUILD_CACHE, () -> images.trim(new Trim(keepBytes, unusedFor)));
    }

    /** A call to trim the cache of builds. */
    public record Trim(long keepBytes, Duration unusedFor) {}

    /** How the cache was trimmed, oldest first. */
    public synchronized List<Trim> trims() {
        return images.trims();
    }

    @Override
    public StorageUse storage() {
        return call(STORAGE, () -> storage);
    }

    /** What it says that takes up its disk from now on. */
    public synchronized void fill(StorageUse told) {
        storage = told;
    }

    @Override
    public Network ensureNetwork(String name, Map<String, String> labels) {
        return call(ENSURE_NETWORK, () -> networks.ensure(name, labels));
    }

    @Override
    public List<Network> listNetworks(Map<String, String> labels) {
        return call(LIST_NETWORKS, () -> networks.list(labels));
    }

    @Override
    public void removeNetwork(String name) {
        call(REMOVE_NETWORK, () -> networks.remove(name, containers));
    }

    @Override
    public Address reserveAddress(String network) {
        return call(RESERVE_ADDRESS, () -> networks.reserve(network, containers));
    }

    @Override
    public void releaseAddress(Address address) {
        call(RELEASE_ADDRESS, () -> networks.release(address));
    }

    @Override
    public ContainerId createContainer(ContainerSpec spec) {
        return call(CREATE_CONTAINER, () -> {
            var id = create(spec.name(), spec.image(), fresh -> new FakeContainer(fresh, spec, news::add));
            if (spec.address() != null) networks.use(spec.address());
            return id;
        });
    }

    @Override
    public ContainerId createSystemContainer(SystemContainer spec) {
        return call(
                CREATE_SYSTEM_CONTAINER,
                () -> create(spec.name(), spec.image(), fresh -> new FakeContainer(fresh, spec, news::add)));
    }

    private ContainerId create(String name, ImageId image, Function<ContainerId, FakeContainer> maker) {
        if (images.find(image.value()).isEmpty()) throw missing("image " + image);
        if (find(name).isEmpty()) containers.add(maker.apply(new ContainerId("%064x".formatted(++made))));
        return find(name).orElseThrow().id;
    }

    @Override
    public void startContainer(ContainerId id) {
        call(START_CONTAINER, () -> {
            var container = require(id);
            if (container.state == State.RUNNING) return container;
            container.begin(clock.instant());
            news.tell(container.labels, new EngineEvent.Started(id, container.labels, clock.instant()));
            var started = container.view();
            news.add(() -> whenStarted.accept(started));
            return container;
        });
    }

    @Override
    public void restartPolicy(ContainerId id, Restart restart) {
        call(RESTART_POLICY, () -> require(id).restart = restart);
    }

    @Override
    public void stopContainer(ContainerId id, Duration grace) {
        call(
                STOP_CONTAINER,
                () -> find(id.value())
                        .filter(container -> container.state == State.RUNNING)
                        .map(container -> end(container, SIGTERMED)));
    }

    @Override
    public void removeContainer(ContainerId id) {
        call(
                REMOVE_CONTAINER,
                () -> find(id.value()).map(container -> {
                    if (container.state == State.RUNNING) end(container, 137);
                    containers.remove(container);
                    news.tell(container.labels, new EngineEvent.Removed(id, container.labels, clock.instant()));
                    return container;
                }));
    }

    @Override
    public Optional<Container> findContainer(String nameOrId) {
        return call(FIND_CONTAINER, () -> find(nameOrId).map(FakeContainer::view));
    }

    @Override
    public List<Container> listContainers(Map<String, String> labels) {
        return call(
                LIST_CONTAINERS,
                () -> containers.stream()
                        .filter(container -> container.labels.entrySet().containsAll(labels.entrySet()))
                        .map(FakeContainer::view)
                        .toList());
    }

    @Override
    public List<Listener> listeners(ContainerId id) {
        return call(
                LISTENERS,
                () -> find(id.value())
                        .map(container -> List.copyOf(container.listeners.values()))
                        .orElse(List.of()));
    }

    @Override
    public List<LogLine> tail(ContainerId id, int lines) {
        return call(TAIL, () -> {
            var log = require(id).log;
            return List.copyOf(log.subList(Math.max(0, log.size() - lines), log.size()));
        });
    }

    @Override
    public Stream follow(ContainerId id, @Nullable Instant since, Consumer<LogLine> lines) {
        return call(FOLLOW, () -> require(id).follow(since, lines));
    }

    @Override
    public synchronized Stream events(Map<String, String> labels, Consumer<EngineEvent> listener) {
        return news.watch(labels, listener);
    }

    @Override
    public synchronized void close() {
        news.end();
    }

    private <T> T call(Faults.Call call, Supplier<T> work) {
        return faults.around(call, () -> act(work));
    }

    /** Readers hear of it when the lock is free again, so that they may call this engine. */
    private <T> T act(Supplier<T> work) {
        List<Runnable> told;
        T result;
        synchronized (this) {
            result = work.get();
            told = news.take();
        }
        told.forEach(Runnable::run);
        return result;
    }

    private FakeContainer end(FakeContainer container, int code) {
        container.end(code, clock.instant());
        news.tell(container.labels, new EngineEvent.Died(container.id, container.labels, code, clock.instant()));
        return container;
    }

    private FakeContainer require(ContainerId id) {
        return find(id.value()).orElseThrow(() -> missing("container " + id));
    }

    private Optional<FakeContainer> find(String nameOrId) {
        return containers.stream()
                .filter(container -> container.isCalled(nameOrId))
                .findFirst();
    }

    private static EngineException missing(String what) {
        return new EngineException(Kind.NOT_FOUND, "There is no " + what + ".", null);
    }
}
