package dev.signalbox.builds;

import dev.signalbox.engine.ImageId;
import dev.signalbox.engine.Profile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image that can run, and what the repository says of how.
 *
 * @param exposedPort the single TCP port that the person's own Dockerfile exposes
 * @param reused whether the image was there already and nothing was built
 */
public record BuiltImage(
        ImageId id,
        Profile profile,
        List<ProcessType> processes,
        @Nullable Integer exposedPort,
        String dockerfile,
        boolean reused) {
    public BuiltImage {
        processes = List.copyOf(processes);
    }
}
