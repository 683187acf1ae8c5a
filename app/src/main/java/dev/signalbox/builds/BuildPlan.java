package dev.signalbox.builds;

import dev.signalbox.engine.Profile;
import java.util.List;

/**
 * What would be built, before anything is.
 *
 * @param language what the repository was taken for: {@code Node}, {@code Dockerfile}, …
 * @param seen what was found and why it was chosen, in sentences
 * @param bases the images it stands on
 * @param dockerfilePath where the Dockerfile is among the files that are sent
 * @param excluded patterns, in the language of .dockerignore, of files that are not sent
 */
public record BuildPlan(
        String language,
        List<String> seen,
        String dockerfile,
        String dockerfilePath,
        List<String> bases,
        List<String> excluded,
        List<ProcessType> processes,
        Profile profile) {
    public BuildPlan {
        seen = List.copyOf(seen);
        bases = List.copyOf(bases);
        excluded = List.copyOf(excluded);
        processes = List.copyOf(processes);
    }

    boolean hasOwnDockerfile() {
        return profile == Profile.FOREIGN;
    }
}
