package dev.signalbox.builds;

import dev.signalbox.builds.Detector.Detection;
import dev.signalbox.engine.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decides how a tree is built: by its own Dockerfile, else by the first language that knows what to start. */
final class Planner {
    /** The order settles what an app of several languages is: an index.html is in many of them. */
    private static final List<Detector> DETECTORS =
            List.of(new GoDetector(), new PythonDetector(), new NodeDetector(), new StaticDetector());

    /** Kept out by default; a .dockerignore can take back what it names with {@code !}. */
    private static final List<String> NEVER_SENT = List.of("**/.git", "**/.env*");

    private static final Pattern DEEPER = Pattern.compile(
            "(?<directory>[^/]+(?:/[^/]+)?)/(Dockerfile|package\\.json|requirements\\.txt|pyproject\\.toml|go\\.mod|index\\.html)");

    private Planner() {}

    static BuildPlan plan(String serviceId, SourceFiles files) {
        var procfile = Procfile.in(files);
        return files.text(OwnDockerfile.NAME)
                .map(text -> own(text, procfile))
                .orElseGet(() -> detected(serviceId, files, procfile));
    }

    private static BuildPlan own(String text, Procfile procfile) {
        var own = OwnDockerfile.of(OwnDockerfile.NAME, text);
        return new BuildPlan(
                "Dockerfile",
                withProcesses(own.seen(), procfile),
                own.text(),
                OwnDockerfile.NAME,
                own.bases(),
                NEVER_SENT,
                procfile.orDefault(),
                Profile.FOREIGN);
    }

    private static BuildPlan detected(String serviceId, SourceFiles files, Procfile procfile) {
        var problems = new ArrayList<String>();
        for (var detector : DETECTORS) {
            switch (detector.detect(files, procfile)) {
                case Detection.Found found -> {
                    return ofRecipe(serviceId, files, found, procfile);
                }
                case Detection.Incomplete(var problem) -> problems.add(problem);
                case Detection.NotThis ignored -> {}
            }
        }
        throw problems.isEmpty()
                ? nothingRecognised(files)
                : new BuildRefused(
                        sentence(problems) + " Say what to run in a Procfile ('web: command'), or add a Dockerfile.");
    }

    private static BuildPlan ofRecipe(String serviceId, SourceFiles files, Detection.Found found, Procfile procfile) {
        var recipe = found.recipe();
        var excluded =
                Stream.concat(recipe.excluded().stream(), NEVER_SENT.stream()).toList();
        return new BuildPlan(
                recipe.language(),
                withProcesses(recipe.seen(), procfile),
                DockerfileTemplates.render(recipe, found.command(), new Caches(serviceId)),
                freePath(files),
                recipe.bases(),
                excluded,
                procfile.orDefault(),
                Profile.RECIPE);
    }

    private static List<String> withProcesses(List<String> seen, Procfile procfile) {
        if (procfile.processes().isEmpty()) return seen;
        var names = procfile.processes().stream().map(ProcessType::name).collect(Collectors.joining(", "));
        var all = new ArrayList<>(seen);
        all.add("Procfile: " + names);
        return all;
    }

    /** A directory of the context that the repository has not got; web servers show nothing that begins with a dot. */
    private static String freePath(SourceFiles files) {
        var directory = ".signalbox";
        while (files.isTaken(directory)) directory += "-";
        return directory + "/Dockerfile";
    }

    private static BuildRefused nothingRecognised(SourceFiles files) {
        var looked = DETECTORS.stream().map(Detector::looksFor).collect(Collectors.joining("; "));
        var deeper = files.matching(DEEPER).stream()
                .findFirst()
                .map(path -> " There is a " + PlainText.of(path) + ", but only the root is looked at.")
                .orElse("");
        return new BuildRefused(
                "There is nothing in the root of this repository that can be built. Looked for: Dockerfile; "
                        + looked + "." + deeper
                        + " Either add a Dockerfile, or add the file that your language keeps in the root, beside the code.");
    }

    private static String sentence(List<String> problems) {
        var text = String.join("; ", problems);
        return "It is not clear what to run: " + text + ".";
    }
}
