package dev.signalbox.builds;

import dev.signalbox.builds.LanguageVersion.Wish;
import dev.signalbox.builds.PythonProject.Installer;
import dev.signalbox.engine.ContainerCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Python: pip and uv; Django, FastAPI and Flask; plain scripts. */
final class PythonDetector implements Detector {
    private static final List<String> VERSIONS = List.of("3.13");
    private static final Pattern ROOT_SCRIPT = Pattern.compile("[^/]+\\.py");
    private static final Pattern STATIC_ROOT = Pattern.compile("(?m)^STATIC_ROOT\\s*=");
    private static final Pattern SETTINGS = Pattern.compile("(?:[^/]+/){0,2}settings(?:/[^/]+)?\\.py");

    @Override
    public String looksFor() {
        return "requirements.txt, pyproject.toml or main.py (Python)";
    }

    @Override
    public Detection detect(SourceFiles files, Procfile procfile) {
        var project = PythonProject.of(files);
        if (project.installer() == Installer.NONE) {
            // A script beside a package.json is a tool of the Node app.
            if (files.has(PackageJson.NAME) || (files.matching(ROOT_SCRIPT).isEmpty() && !files.has("Pipfile"))) {
                return Detection.NOT_THIS;
            }
            var unknown = files.first("poetry.lock", "Pipfile", "pdm.lock");
            if (unknown.isPresent()) {
                return new Detection.Incomplete(unknown.get()
                        + " is not read yet; write a requirements.txt or a [project] table in pyproject.toml");
            }
        }
        var start = PythonStart.of(files, project);
        if (procfile.namesProcesses()) {
            return new Detection.Found(
                    recipe(files, project, Optional.empty(), start.isPresent()),
                    procfile.command(ProcessType.WEB).map(ContainerCommand::shell));
        }
        if (start.isEmpty()) {
            return new Detection.Incomplete(
                    "this is Python, but there is no main.py or app.py to run, and no Django, FastAPI or Flask app was found");
        }
        return new Detection.Found(recipe(files, project, start, true), start.map(PythonStart::command));
    }

    private static PythonRecipe recipe(
            SourceFiles files, PythonProject project, Optional<PythonStart> start, boolean collects) {
        var version = version(files, project);
        var added = start.map(PythonStart::server)
                .filter(server -> !project.names().contains(server))
                .map(List::of)
                .orElse(List.of());
        boolean collectsStatic = collects && files.has("manage.py") && hasStaticRoot(files);

        var seen = new ArrayList<String>();
        seen.add("Python " + version.name() + ": " + version.reason());
        seen.addAll(about(files, project));
        start.ifPresent(found -> seen.add("Starts with '" + PlainText.of(found.line()) + "': " + found.reason()));
        if (!added.isEmpty()) seen.add(added.getFirst() + " is not among the dependencies and is installed as well");
        return new PythonRecipe(version, project, firstFile(files, project), added, collectsStatic, seen);
    }

    private static String firstFile(SourceFiles files, PythonProject project) {
        return Stream.concat(project.manifests().stream(), files.matching(ROOT_SCRIPT).stream())
                .findFirst()
                .orElseThrow();
    }

    private static List<String> about(SourceFiles files, PythonProject project) {
        return switch (project.installer()) {
            case NONE -> List.of("No dependencies to install");
            case PIP -> List.of("pip: " + PythonProject.REQUIREMENTS);
            case UV -> {
                var about = new ArrayList<String>();
                about.add("uv: " + String.join(" and ", project.manifests()));
                if (files.has(PythonProject.REQUIREMENTS)) {
                    about.add("There are uv.lock and requirements.txt; uv.lock is used");
                }
                if (!files.has(PythonProject.UV_LOCK)) {
                    about.add(
                            "There is no uv.lock, so versions can change from build to build. Commit the one that 'uv lock' writes");
                }
                yield about;
            }
        };
    }

    private static LanguageVersion version(SourceFiles files, PythonProject project) {
        var wish = LanguageVersion.inFile(files, ".python-version")
                .or(() -> LanguageVersion.inFile(files, "runtime.txt"))
                .or(() -> LanguageVersion.inToolVersions(files, List.of("python")))
                .or(() -> project.python().map(text -> new Wish(text, "requires-python in pyproject.toml")));
        return LanguageVersion.choose("Python", wish, text -> text.replaceFirst("^(c?python[-@])", ""), VERSIONS);
    }

    private static boolean hasStaticRoot(SourceFiles files) {
        return files.matching(SETTINGS).stream()
                .flatMap(path -> files.text(path).stream())
                .anyMatch(text -> STATIC_ROOT.matcher(text).find());
    }
}
