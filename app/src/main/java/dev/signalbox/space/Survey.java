package dev.signalbox.space;

import java.time.Instant;
import java.util.Map;

/**
 * What takes up the disk, as of one moment.
 *
 * @param layers of all images of the engine, each counted once
 * @param cache of all builds of the engine
 * @param cacheLimit what that is trimmed to
 * @param shares by the id of the service
 */
public record Survey(Instant at, long layers, long cache, long cacheLimit, Map<String, Share> shares) {
    public Survey {
        shares = Map.copyOf(shares);
    }
}
