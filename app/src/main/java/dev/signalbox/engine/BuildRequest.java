package dev.signalbox.engine;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to build: the name the image gets, the Dockerfile's path inside the context, and how.
 *
 * @param limit how long it may take
 */
public record BuildRequest(
        String name,
        String dockerfile,
        @Nullable String target,
        Map<String, String> arguments,
        Map<String, String> labels,
        boolean withoutCache,
        Duration limit) {
    /** Callers have shorter limits of their own; this one ends what a hung daemon would keep for ever. */
    private static final Duration LONGEST = Duration.ofHours(2);

    public BuildRequest(
            String name,
            String dockerfile,
            @Nullable String target,
            Map<String, String> arguments,
            Map<String, String> labels,
            boolean withoutCache) {
        this(name, dockerfile, target, arguments, labels, withoutCache, LONGEST);
    }
}
