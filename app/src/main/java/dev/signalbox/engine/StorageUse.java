package dev.signalbox.engine;

import java.util.List;
import java.util.Map;

/**
 * What takes up the disk of an engine, in bytes. Containers and volumes are those of this instance; the cache of builds and
 * the layers of images are the whole engine's.
 *
 * @param layers of all images together, each counted once
 */
public record StorageUse(
        long layers, List<OfImage> images, List<OfCache> cache, List<OfContainer> containers, List<OfVolume> volumes) {
    public StorageUse {
        images = List.copyOf(images);
        cache = List.copyOf(cache);
        containers = List.copyOf(containers);
        volumes = List.copyOf(volumes);
    }

    /**
     * An image of this instance.
     *
     * @param shared what of its size other images have as well
     */
    public record OfImage(ImageId id, long size, long shared) {}

    /**
     * Something that a build kept for the next.
     *
     * @param description what made it; newer engines name the mount in it, and so the service
     */
    public record OfCache(String description, long size) {}

    /** What a container has written into itself. */
    public record OfContainer(Map<String, String> labels, long written) {}

    public record OfVolume(String name, Map<String, String> labels, long size) {}

    /** Without what images have anyhow. */
    public long cacheSize() {
        return cache.stream().mapToLong(OfCache::size).sum();
    }
}
