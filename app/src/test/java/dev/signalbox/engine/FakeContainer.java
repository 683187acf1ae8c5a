package dev.signalbox.engine;

import dev.signalbox.engine.Container.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A container of a {@link FakeEngine}; its owner's lock guards it. */
final class FakeContainer {
    final ContainerId id;
    final String name;
    final ImageId image;
    final Map<String, String> labels;
    final @Nullable ContainerSpec spec;
    final Map<Integer, Listener> listeners = new TreeMap<>();
    final List<LogLine> log = new ArrayList<>();
    final List<FakeStream<LogLine>> followers = new ArrayList<>();
    private final Consumer<Runnable> news;
    Restart restart;
    State state = State.CREATED;
    int exitCode;
    boolean outOfMemory;

    @Nullable Instant startedAt;

    @Nullable Instant finishedAt;

    FakeContainer(ContainerId id, ContainerSpec spec, Consumer<Runnable> news) {
        this(id, spec.name(), spec.image(), spec.labels(), spec, news);
    }

    FakeContainer(ContainerId id, SystemContainer spec, Consumer<Runnable> news) {
        this(id, spec.name(), spec.image(), spec.labels(), null, news);
    }

    private FakeContainer(
            ContainerId id,
            String name,
            ImageId image,
            Map<String, String> labels,
            @Nullable ContainerSpec spec,
            Consumer<Runnable> news) {
        this.id = id;
        this.name = name;
        this.image = image;
        this.labels = labels;
        this.spec = spec;
        this.restart = spec == null ? Restart.AFTER_CRASH : spec.restart();
        this.news = news;
    }

    boolean isCalled(String nameOrId) {
        return name.equals(nameOrId) || id.value().equals(nameOrId);
    }

    @Nullable Address address() {
        return spec == null ? null : spec.address();
    }

    boolean isOn(String network) {
        return address() != null && address().network().equals(network);
    }

    Container view() {
        return new Container(
                id,
                name,
                state,
                image,
                labels,
                address() == null ? null : address().ip(),
                exitCode,
                outOfMemory,
                startedAt,
                finishedAt);
    }

    void begin(Instant now) {
        state = State.RUNNING;
        exitCode = 0;
        outOfMemory = false;
        startedAt = now;
        finishedAt = null;
    }

    void end(int code, Instant now) {
        state = State.EXITED;
        exitCode = code;
        finishedAt = now;
        listeners.clear();
        followers.forEach(follower -> news.accept(follower::end));
        followers.clear();
    }

    LogLine print(LogLine line) {
        log.add(line);
        followers.forEach(follower -> news.accept(() -> follower.accept(line)));
        return line;
    }

    FakeStream<LogLine> follow(@Nullable Instant since, Consumer<LogLine> lines) {
        var stream = new FakeStream<>(lines);
        log.stream()
                .filter(line -> since == null || !line.at().isBefore(since))
                .forEach(line -> news.accept(() -> stream.accept(line)));
        if (state == State.EXITED) news.accept(stream::end);
        else followers.add(stream);
        return stream;
    }
}
