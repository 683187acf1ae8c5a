package dev.signalbox.builds;

import java.util.List;

/** How one app becomes an image: what its language's template needs to write the Dockerfile. */
sealed interface Recipe permits GoRecipe, NodeRecipe, PythonRecipe, StaticRecipe {
    String language();

    /** The name of its template, without ending. */
    String template();

    /** What was found and why it was chosen, in sentences. */
    List<String> seen();

    List<String> bases();

    /** Patterns of files that this language makes itself and that therefore stay out of the context. */
    default List<String> excluded() {
        return List.of();
    }
}
