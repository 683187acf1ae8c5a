package dev.signalbox.builds;

import dev.signalbox.builds.LanguageVersion.Wish;
import dev.signalbox.builds.VersionRange.Version;
import dev.signalbox.engine.ContainerCommand;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Go modules: one program, or those under cmd that a Procfile names. */
final class GoDetector implements Detector {
    private static final String IMAGE = "1.26";
    private static final Pattern MODULE = Pattern.compile("(?m)^module\\s+\"?(?<path>[^\\s\"]+)");
    private static final Pattern GO = Pattern.compile("(?m)^go\\s+(?<version>\\d+\\.\\d+(\\.\\d+)?)");
    private static final Pattern REQUIRE = Pattern.compile("(?m)^require\\b");
    private static final Pattern LOCAL_REPLACEMENT = Pattern.compile("(?m)=>\\s*\\.{1,2}/");
    private static final Pattern ROOT_FILE = Pattern.compile("[^/]+(?<!_test)\\.go");
    private static final Pattern COMMAND_FILE = Pattern.compile("cmd/(?<name>[\\w.-]+)/[^/]+(?<!_test)\\.go");
    private static final Pattern MAIN = Pattern.compile("(?m)^package\\s+main\\b");
    private static final List<String> USUAL_NAMES = List.of("server", "web", "api", "app");

    @Override
    public String looksFor() {
        return "go.mod (Go)";
    }

    @Override
    public Detection detect(SourceFiles files, Procfile procfile) {
        var module = files.text("go.mod");
        if (module.isEmpty()) return Detection.NOT_THIS;
        var name = moduleName(module.get());
        var programs = programs(files);
        if (programs.isEmpty()) {
            return new Detection.Incomplete(
                    "go.mod is there, but no main package in the root or in a directory of cmd");
        }
        var chosen = choose(programs, name);
        var version = version(module.get());
        var seen = new ArrayList<>(List.of("Go " + version.name() + ": " + version.reason()));
        if (!procfile.namesProcesses()) seen.add(why(chosen, programs));
        var command = procfile.namesProcesses()
                ? procfile.command(ProcessType.WEB).map(ContainerCommand::shell)
                : Optional.of(new ContainerCommand(List.of("/app/bin/" + program(chosen, name))));
        return new Detection.Found(
                new GoRecipe(
                        version,
                        isNewer(module.get()),
                        manifests(files, module.get()),
                        procfile.namesProcesses() ? programs : List.of(chosen),
                        seen),
                command);
    }

    /** Main packages: that of the root first, then those of cmd by name. */
    private static List<String> programs(SourceFiles files) {
        var programs = new LinkedHashSet<String>();
        if (files.matching(ROOT_FILE).stream().anyMatch(path -> isMain(files, path))) programs.add(".");
        for (var path : files.matching(COMMAND_FILE)) {
            var match = COMMAND_FILE.matcher(path);
            if (match.matches() && isMain(files, path)) programs.add("./cmd/" + match.group("name"));
        }
        return List.copyOf(programs);
    }

    private static boolean isMain(SourceFiles files, String path) {
        return files.text(path).filter(text -> MAIN.matcher(text).find()).isPresent();
    }

    private static String choose(List<String> programs, String module) {
        return Stream.concat(
                        Stream.of(".", "./cmd/" + module), USUAL_NAMES.stream().map(name -> "./cmd/" + name))
                .filter(programs::contains)
                .findFirst()
                .orElse(programs.getFirst());
    }

    private static String why(String chosen, List<String> programs) {
        if (programs.size() == 1) return "Builds " + chosen + ", the only main package";
        return "Builds " + chosen + " of the main packages " + String.join(", ", programs)
                + "; a Procfile can name others";
    }

    /** What go build calls the program: the last part of its path that is no major version. */
    private static String program(String chosen, String module) {
        return chosen.equals(".") ? module : chosen.substring(chosen.lastIndexOf('/') + 1);
    }

    private static String moduleName(String module) {
        var match = MODULE.matcher(module);
        if (!match.find()) throw BuildRefused.at("go.mod", 1, "there is no line 'module …'.");
        var path = match.group("path").replaceFirst("/v\\d+$", "");
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static List<String> manifests(SourceFiles files, String module) {
        boolean whole = files.has("go.work")
                || files.has("vendor/modules.txt")
                || !REQUIRE.matcher(module).find()
                || LOCAL_REPLACEMENT.matcher(module).find();
        if (whole) return List.of();
        return files.has("go.sum") ? List.of("go.mod", "go.sum") : List.of("go.mod");
    }

    /** The version in go.mod is the least that will do, so the image's own does for every older one. */
    private static LanguageVersion version(String module) {
        var match = GO.matcher(module);
        if (!match.find()) return new LanguageVersion(IMAGE, "go.mod asks for none");
        var wish = new Wish(match.group("version"), "go.mod");
        var reason = wish.source() + " asks for " + wish.text();
        return new LanguageVersion(IMAGE, isNewer(module) ? reason + ", which this one fetches" : reason + " or newer");
    }

    private static boolean isNewer(String module) {
        var match = GO.matcher(module);
        if (!match.find()) return false;
        var asked = numbers(match.group("version"));
        return Version.from(asked).compareTo(Version.after(numbers(IMAGE))) >= 0;
    }

    private static List<Integer> numbers(String version) {
        return Stream.of(version.split("\\.", -1)).map(Integer::valueOf).toList();
    }
}
