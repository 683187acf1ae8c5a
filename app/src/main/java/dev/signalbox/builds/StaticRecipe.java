package dev.signalbox.builds;

import java.util.List;

/**
 * Files that are served as they are.
 *
 * @param directory where the site is in the repository; empty for all of it
 * @param fallback what a path without a file gets: a path, or {@code none}
 */
record StaticRecipe(String directory, String fallback, List<String> seen) implements Recipe {
    /** Serves /srv on $PORT as user 1000. */
    static final String BASE = "signalbox/static:1";

    StaticRecipe {
        seen = List.copyOf(seen);
    }

    @Override
    public String language() {
        return "Static";
    }

    @Override
    public String template() {
        return "static";
    }

    public String runBase() {
        return BASE;
    }

    public String copied() {
        return ExecForm.plain(List.of(directory.isEmpty() ? "." : directory, "/srv"));
    }

    @Override
    public List<String> bases() {
        return List.of(BASE);
    }
}
