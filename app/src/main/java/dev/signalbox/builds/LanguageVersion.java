package dev.signalbox.builds;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The version of a language that an app is built and run with.
 *
 * @param name as in the image's tag
 * @param reason where it comes from, for people
 */
record LanguageVersion(String name, String reason) {
    /** What a repository asks for, and in which file. */
    record Wish(String text, String source) {}

    /**
     * Takes the newest of the versions there are that the wish allows.
     *
     * @param inNumbers puts names that the language's own tools know into numbers
     * @param offered tags, newest first
     */
    static LanguageVersion choose(
            String language, Optional<Wish> wish, UnaryOperator<String> inNumbers, List<String> offered) {
        if (wish.isEmpty()) return new LanguageVersion(offered.getFirst(), "none is asked for");
        var text = wish.get().text();
        var source = wish.get().source();
        var range = VersionRange.parse(inNumbers.apply(text))
                .orElseThrow(() -> new BuildRefused(source + " asks for " + language + " '" + PlainText.of(text)
                        + "', which is no version or range."));
        return offered.stream()
                .filter(tag -> VersionRange.parse(tag).orElse(VersionRange.ANY).meets(range))
                .findFirst()
                .map(tag -> new LanguageVersion(tag, source + " asks for " + PlainText.of(text)))
                .orElseThrow(() -> notToBeHad(language, wish.get(), offered));
    }

    private static BuildRefused notToBeHad(String language, Wish wish, List<String> offered) {
        return new BuildRefused("This app asks for %s %s (%s); there %s %s %s. Change it there, or bring a Dockerfile."
                .formatted(
                        language,
                        PlainText.of(wish.text()),
                        wish.source(),
                        offered.size() == 1 ? "is" : "are",
                        language,
                        String.join(" and ", offered)));
    }

    /** The line of .tool-versions for a tool under one of its names. */
    static Optional<Wish> inToolVersions(SourceFiles files, List<String> names) {
        return files.text(".tool-versions").stream()
                .flatMap(String::lines)
                .map(line -> line.strip().split("\\s+", 3))
                .filter(words -> words.length > 1 && names.contains(words[0]))
                .findFirst()
                .map(words -> new Wish(words[1], ".tool-versions"));
    }

    /** The first line that is no comment, of a file that holds a version and nothing else. */
    static Optional<Wish> inFile(SourceFiles files, String path) {
        return files.text(path).stream()
                .flatMap(String::lines)
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .findFirst()
                .map(line -> new Wish(line, path));
    }
}
