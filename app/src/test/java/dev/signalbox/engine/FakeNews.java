package dev.signalbox.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a {@link FakeEngine} still has to tell its readers once its lock, which guards this too, is free again. */
final class FakeNews {
    private final List<Runnable> untold = new ArrayList<>();
    private final Map<FakeStream<EngineEvent>, Map<String, String>> watchers = new LinkedHashMap<>();

    void add(Runnable telling) {
        untold.add(telling);
    }

    List<Runnable> take() {
        var all = List.copyOf(untold);
        untold.clear();
        return all;
    }

    FakeStream<EngineEvent> watch(Map<String, String> labels, Consumer<EngineEvent> listener) {
        var watcher = new FakeStream<>(listener);
        watchers.put(watcher, labels);
        return watcher;
    }

    /** To those who watch for containers with these labels. */
    void tell(Map<String, String> labels, EngineEvent event) {
        watchers.forEach((watcher, wanted) -> {
            if (labels.entrySet().containsAll(wanted.entrySet())) add(() -> watcher.accept(event));
        });
    }

    void tellAll(EngineEvent event) {
        watchers.keySet().forEach(watcher -> add(() -> watcher.accept(event)));
    }

    void end() {
        watchers.keySet().forEach(FakeStream::end);
    }
}
