package dev.signalbox.engine;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectReader;
import com.github.dockerjava.core.DockerClientConfig;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The disk of the daemon: what takes it up, and how builds give some of it back. */
final class Storage {
    /** It walks through every volume, and through each of thousands of pieces of cache. */
    private static final Duration LOOK = Duration.ofMinutes(2);

    private static final Duration TRIM = Duration.ofMinutes(10);

    private final DockerConnection connection;
    private final Ownership ownership;

    Storage(DockerConnection connection, Ownership ownership) {
        this.connection = connection;
        this.ownership = ownership;
    }

    /**
     * What images hold as well is left alone: removing it frees nothing and costs the next build its time. docker-java's
     * command knows no limit, which would empty the cache.
     */
    long trimBuildCache(long keepBytes, Duration unusedFor) {
        if (keepBytes <= 0) throw new IllegalArgumentException("a cache is not emptied");
        var path = "/build/prune?keep-storage=" + keepBytes;
        if (unusedFor.isPositive()) path += "&filters=" + filter("until", unusedFor.toSeconds() + "s");
        var request = path;
        return connection
                .make("trim the cache of builds", TRIM, session -> session.postForAnswer(request))
                .path("SpaceReclaimed")
                .asLong();
    }

    private static String filter(String name, String value) {
        return URLEncoder.encode("{\"" + name + "\":[\"" + value + "\"]}", StandardCharsets.UTF_8);
    }

    StorageUse use() {
        var found = connection.read("tell what takes up its disk", LOOK, "/system/df", stream -> {
            // Read as it comes: on an old machine it is megabytes, of which little is of interest.
            ObjectReader reader = DockerClientConfig.getDefaultObjectMapper().readerFor(Answer.class);
            return reader.<Answer>readValue(stream);
        });
        return new StorageUse(
                found.layersSize(),
                list(found.images()).stream()
                        .filter(image -> isOurs(image.labels()))
                        .map(image -> new StorageUse.OfImage(
                                new ImageId(image.id()), image.size(), Math.max(0, image.sharedSize())))
                        .toList(),
                list(found.buildCache()).stream()
                        .filter(piece -> !piece.shared())
                        .map(piece -> new StorageUse.OfCache(requireNonNullElse(piece.description(), ""), piece.size()))
                        .toList(),
                list(found.containers()).stream()
                        .filter(container -> isOurs(container.labels()))
                        .map(container -> new StorageUse.OfContainer(labels(container.labels()), container.sizeRw()))
                        .toList(),
                list(found.volumes()).stream()
                        .filter(volume -> isOurs(volume.labels()))
                        .map(volume -> new StorageUse.OfVolume(
                                volume.name(), labels(volume.labels()), size(volume.usageData())))
                        .toList());
    }

    private boolean isOurs(@Nullable Map<String, String> labels) {
        return ownership.covers(labels(labels));
    }

    private static Map<String, String> labels(@Nullable Map<String, String> labels) {
        return labels == null ? Map.of() : Map.copyOf(labels);
    }

    private static <T> List<T> list(@Nullable List<T> found) {
        return found == null ? List.of() : found;
    }

    private static long size(@Nullable UsageOfVolume usage) {
        return usage == null ? 0 : Math.max(0, usage.size());
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Answer(
            @JsonProperty("LayersSize") long layersSize,
            @JsonProperty("Images") @Nullable List<AnImage> images,
            @JsonProperty("BuildCache") @Nullable List<APiece> buildCache,
            @JsonProperty("Containers") @Nullable List<AContainer> containers,
            @JsonProperty("Volumes") @Nullable List<AVolume> volumes) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record AnImage(
            @JsonProperty("Id") String id,
            @JsonProperty("Size") long size,
            @JsonProperty("SharedSize") long sharedSize,
            @JsonProperty("Labels") @Nullable Map<String, String> labels) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record APiece(
            @JsonProperty("Description") @Nullable String description,
            @JsonProperty("Size") long size,
            @JsonProperty("Shared") boolean shared) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record AContainer(
            @JsonProperty("Labels") @Nullable Map<String, String> labels,
            @JsonProperty("SizeRw") long sizeRw) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record AVolume(
            @JsonProperty("Name") String name,
            @JsonProperty("Labels") @Nullable Map<String, String> labels,
            @JsonProperty("UsageData") @Nullable UsageOfVolume usageData) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record UsageOfVolume(@JsonProperty("Size") long size) {}
}
