package dev.signalbox.builds;

import java.time.Duration;
import java.util.Map;

/**
 * What to build and for whom.
 *
 * @param serviceId owns the caches of the build and the images it made before
 * @param imageName the name that a new image gets
 * @param labels put on a new image
 * @param withoutCache runs every step again, and does not look for an earlier image
 * @param limit how long it may take once it has begun
 */
public record BuildOrder(
        String serviceId,
        String imageName,
        SourceTree tree,
        Map<String, String> labels,
        boolean withoutCache,
        Duration limit) {
    public BuildOrder {
        labels = Map.copyOf(labels);
    }
}
