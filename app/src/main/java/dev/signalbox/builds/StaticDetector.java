package dev.signalbox.builds;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Sites that need no build: an index.html, and what is beside it. */
final class StaticDetector implements Detector {
    private static final List<String> DIRECTORIES = List.of("", "public");

    @Override
    public String looksFor() {
        return "index.html or public/index.html (static site)";
    }

    @Override
    public Detection detect(SourceFiles files, Procfile procfile) {
        for (var directory : DIRECTORIES) {
            var index = directory.isEmpty() ? "index.html" : directory + "/index.html";
            if (files.has(index)) return new Detection.Found(recipe(files, directory, index), Optional.empty());
        }
        return Detection.NOT_THIS;
    }

    /** A site of one page is taken to route in the browser; one of several pages has real addresses. */
    private static StaticRecipe recipe(SourceFiles files, String directory, String index) {
        var prefix = directory.isEmpty() ? "" : Pattern.quote(directory + "/");
        var pages = files.matching(Pattern.compile(prefix + ".*\\.html?"));
        boolean single = pages.size() == 1;
        var missing = single ? "Paths without a file show it too" : "Paths without a file are answered 404";
        return new StaticRecipe(
                directory, single ? "/index.html" : "none", List.of("A static site: " + index + " is there", missing));
    }
}
