package dev.signalbox.builds;

import java.util.ArrayList;
import java.util.List;

/**
 * A Go program, or several of one module.
 *
 * @param newerToolchain whether the module asks for a newer Go than the image has, which Go then fetches itself
 * @param manifests what decides which modules are downloaded; empty when that is left to the build
 * @param packages the main packages, as paths that go build takes
 */
record GoRecipe(
        LanguageVersion version,
        boolean newerToolchain,
        List<String> manifests,
        List<String> packages,
        List<String> seen)
        implements Recipe {
    GoRecipe {
        manifests = List.copyOf(manifests);
        packages = List.copyOf(packages);
        seen = List.copyOf(seen);
    }

    @Override
    public String language() {
        return "Go";
    }

    @Override
    public String template() {
        return "go";
    }

    public boolean downloads() {
        return !manifests.isEmpty();
    }

    public String manifestList() {
        var words = new ArrayList<>(manifests);
        words.add("./");
        return ExecForm.plain(words);
    }

    public String packageList() {
        return String.join(" ", packages);
    }

    public String buildBase() {
        return "golang:" + version.name();
    }

    public String runBase() {
        return "debian:trixie-slim";
    }

    @Override
    public List<String> bases() {
        return List.of(buildBase(), runBase());
    }
}
