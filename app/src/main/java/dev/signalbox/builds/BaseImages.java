package dev.signalbox.builds;

import dev.signalbox.builds.Dockerfile.Instruction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The images that a Dockerfile takes files from; those of other services are in the same engine and are refused. */
final class BaseImages {
    private static final Pattern REFERENCE =
            Pattern.compile("\\$(?:\\{(?<braced>\\w++)(?::-(?<fallback>[^}$]*+))?}|(?<plain>\\w++))");
    private static final Pattern OF_A_SERVICE = Pattern.compile("(?:(?:index\\.)?docker\\.io/)?signalbox-[^/]*/.*");
    private static final int LONGEST = 1_000;

    private final String path;
    private final Map<String, String> arguments = new HashMap<>();
    private final Set<String> stages = new HashSet<>(Set.of("scratch"));
    private final List<String> bases = new ArrayList<>();

    private BaseImages(String path) {
        this.path = path;
        var processor = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        for (var platform : List.of("TARGET", "BUILD")) {
            arguments.put(platform + "OS", "linux");
            arguments.put(platform + "ARCH", processor);
        }
    }

    /** The images that stages begin with. */
    static List<String> of(String path, Dockerfile dockerfile) {
        var images = new BaseImages(path);
        boolean stage = false;
        for (var instruction : dockerfile.instructions()) {
            var inner = instruction.inner();
            stage |= inner.keyword().equals("FROM");
            switch (inner.keyword()) {
                // Those of a stage are not for the FROM of the next.
                case "ARG" -> {
                    if (!stage) inner.words().forEach(images::argument);
                }
                case "FROM" -> images.stage(inner);
                case "RUN", "COPY" -> images.requireOwnSources(inner);
                default -> {}
            }
        }
        return images.bases;
    }

    private void argument(String word) {
        var parts = word.split("=", 2);
        var value = parts.length == 2 ? resolve(parts[1]) : "$";
        if (value.contains("$") || value.length() > LONGEST) arguments.remove(parts[0]);
        else arguments.put(parts[0], value);
    }

    private void stage(Instruction from) {
        var words = from.words().stream().filter(word -> !word.startsWith("--")).toList();
        if (words.isEmpty()) return;
        var image = words.getFirst().length() > LONGEST ? "$" : resolve(words.getFirst());
        if (image.contains("$")) {
            throw BuildRefused.at(
                    path,
                    from.line(),
                    "it is not clear which image '" + PlainText.of(words.getFirst())
                            + "' is. Give each ARG in it a value above the first FROM.");
        }
        requireNotOfAService(from, image);
        if (!stages.contains(image) && !bases.contains(image)) bases.add(image);
        if (words.size() == 3) stages.add(words.get(2));
    }

    private void requireOwnSources(Instruction instruction) {
        for (var flag : instruction.flags()) {
            if (flag.startsWith("--from=")) requireSource(instruction, flag.substring("--from=".length()));
            if (!flag.startsWith("--mount=")) continue;
            Stream.of(flag.substring("--mount=".length()).replace("\"", "").split(",", -1))
                    .map(String::strip)
                    .filter(option -> option.toLowerCase(Locale.ROOT).startsWith("from="))
                    .forEach(option -> requireSource(instruction, option.substring("from=".length())));
        }
    }

    private void requireSource(Instruction instruction, String image) {
        if (image.contains("$")) {
            throw BuildRefused.at(
                    path,
                    instruction.line(),
                    "it is not clear which image 'from=" + PlainText.of(image) + "' is. Write its name out.");
        }
        requireNotOfAService(instruction, image);
    }

    private void requireNotOfAService(Instruction instruction, String image) {
        if (!OF_A_SERVICE.matcher(image.toLowerCase(Locale.ROOT)).matches()) return;
        throw BuildRefused.at(
                path,
                instruction.line(),
                "the image '" + PlainText.of(image)
                        + "' belongs to another service. Use one from a registry, or build what you need in a stage.");
    }

    private String resolve(String text) {
        return REFERENCE.matcher(text).replaceAll(match -> {
            var name = match.group("braced") == null ? match.group("plain") : match.group("braced");
            var fallback = match.group("fallback");
            var value = arguments.get(name);
            if (fallback != null && (value == null || value.isEmpty())) value = fallback;
            return Matcher.quoteReplacement(value == null ? match.group() : value);
        });
    }
}
