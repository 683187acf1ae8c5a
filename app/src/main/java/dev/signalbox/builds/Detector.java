package dev.signalbox.builds;

import dev.signalbox.engine.ContainerCommand;
import java.util.Optional;

/** Looks for one language in the files of a repository. */
interface Detector {
    /** The file names it goes by, for the sentence that says what was looked for. */
    String looksFor();

    /**
     * Says how to build these files, or why not.
     *
     * @throws BuildRefused when they are of this language beyond doubt and cannot be built
     */
    Detection detect(SourceFiles files, Procfile procfile);

    sealed interface Detection {
        Detection NOT_THIS = new NotThis();

        /**
         * The recipe, and what its image runs by itself.
         *
         * @param command empty keeps what the base image runs
         */
        record Found(Recipe recipe, Optional<ContainerCommand> command) implements Detection {}

        /** The language is there, but not what to start; another language may know better. */
        record Incomplete(String problem) implements Detection {}

        record NotThis() implements Detection {}
    }
}
