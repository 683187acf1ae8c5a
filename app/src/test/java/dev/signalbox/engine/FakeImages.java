package dev.signalbox.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The images of a {@link FakeEngine}, whose lock guards them, and what was built. */
final class FakeImages {
    private final Map<String, Image> images = new LinkedHashMap<>();
    private final List<BuildRequest> builds = new ArrayList<>();
    private final List<FakeEngine.Trim> trims = new ArrayList<>();
    private @Nullable String failure;
    private int made;

    ImageId add(String name, Map<String, String> labels, List<Integer> ports) {
        var id = new ImageId("sha256:%064x".formatted(++made));
        images.put(name, new Image(id, List.of(name), 184_000_000, ports, "", List.of(), List.of(), Map.of(), labels));
        return id;
    }

    Optional<Image> find(String reference) {
        return images.values().stream()
                .filter(image ->
                        image.names().contains(reference) || image.id().value().equals(reference))
                .findFirst();
    }

    List<Image> built() {
        var names = builds.stream().map(BuildRequest::name).toList();
        return images.values().stream()
                .filter(image -> image.names().stream().anyMatch(names::contains))
                .toList();
    }

    boolean remove(String reference, List<FakeContainer> containers) {
        return images.values()
                .removeIf(image -> image.names().contains(reference)
                        && containers.stream().noneMatch(container -> container.image.equals(image.id())));
    }

    void failBuilds(@Nullable String message) {
        failure = message;
    }

    long trim(FakeEngine.Trim asked) {
        trims.add(asked);
        return 0;
    }

    List<FakeEngine.Trim> trims() {
        return List.copyOf(trims);
    }

    ImageId build(BuildRequest request) {
        builds.add(request);
        if (failure != null) throw new BuildFailed(failure);
        return add(request.name(), request.labels(), List.of());
    }

    List<BuildRequest> builds() {
        return List.copyOf(builds);
    }
}
