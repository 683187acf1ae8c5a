package dev.signalbox.builds;

import dev.signalbox.engine.ContainerCommand;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a Python app is started.
 *
 * @param line the command as a person would type it
 * @param server the distribution that serves it, when the framework does not bring one; null when none is needed
 * @param reason how it was recognised, for people
 */
record PythonStart(
        ContainerCommand command, String line, @Nullable String server, String reason) {
    private static final List<String> SCRIPTS =
            List.of("main.py", "app.py", "start.py", "server.py", "bot.py", "run.py", "hello.py");
    private static final List<String> MODULES = List.of(
            "main.py",
            "app.py",
            "server.py",
            "wsgi.py",
            "asgi.py",
            "application.py",
            "api.py",
            "run.py",
            "index.py",
            "__init__.py");
    private static final Pattern MODULE = Pattern.compile(
            "(?:[A-Za-z_]\\w*/){0,3}(?:" + MODULES.stream().map(Pattern::quote).collect(Collectors.joining("|")) + ")");
    private static final Pattern DJANGO_SETTINGS =
            Pattern.compile("DJANGO_SETTINGS_MODULE['\"]\\s*+,\\s*+['\"](?<package>\\w[\\w.]{0,200})\\.settings");
    private static final Pattern FASTAPI =
            Pattern.compile("(?m)^(?<name>\\w++)\\s*+(:\\s*+[\\w.]++\\s*+)?+=\\s*+(fastapi\\.)?FastAPI\\(");
    private static final Pattern FLASK =
            Pattern.compile("(?m)^(?<name>\\w++)\\s*+(:\\s*+[\\w.]++\\s*+)?+=\\s*+(flask\\.)?Flask\\(");
    private static final Pattern FLASK_FACTORY = Pattern.compile(
            "(?m)^def (?<name>create_app|make_app)\\(\\s*+(\\w++\\s*+(:[^=,)]{1,1000})?=[^)]{0,1000}|\\*\\*?\\w+)?\\)");

    static Optional<PythonStart> of(SourceFiles files, PythonProject project) {
        return django(files, project)
                .or(() -> fastApi(files, project))
                .or(() -> flask(files, project))
                .or(() -> files.first(SCRIPTS.toArray(String[]::new)).map(PythonStart::script))
                .or(() -> project.commands().size() == 1
                        ? Optional.of(command(project.commands().getFirst()))
                        : Optional.empty());
    }

    /** What is started when no line is read by a shell: gunicorn listens on $PORT by itself. */
    private static PythonStart gunicorn(String app, String reason) {
        var words = List.of("gunicorn", app);
        return new PythonStart(new ContainerCommand(words), String.join(" ", words), "gunicorn", reason);
    }

    private static PythonStart uvicorn(String app, String reason) {
        var line = "uvicorn " + app + " --host 0.0.0.0 --port $PORT";
        return new PythonStart(ContainerCommand.shell(line), line, "uvicorn", reason);
    }

    private static PythonStart script(String path) {
        var words = List.of("python", path);
        return new PythonStart(new ContainerCommand(words), String.join(" ", words), null, path + " is there");
    }

    private static PythonStart command(String name) {
        return new PythonStart(new ContainerCommand(List.of(name)), name, null, "[project.scripts] in pyproject.toml");
    }

    private static Optional<PythonStart> django(SourceFiles files, PythonProject project) {
        var manage = files.code("manage.py").map(DJANGO_SETTINGS::matcher).filter(match -> match.find());
        if (manage.isEmpty()) return Optional.empty();
        var name = manage.get().group("package");
        var directory = name.replace('.', '/') + "/";
        if (files.has(directory + "asgi.py")
                && project.names().contains("uvicorn")
                && !project.names().contains("gunicorn")) {
            return Optional.of(uvicorn(name + ".asgi:application", "Django, with uvicorn"));
        }
        return files.has(directory + "wsgi.py") ? Optional.of(gunicorn(name + ".wsgi", "Django")) : Optional.empty();
    }

    private static Optional<PythonStart> fastApi(SourceFiles files, PythonProject project) {
        return project.names().contains("fastapi")
                ? find(files, project, FASTAPI).map(app -> uvicorn(app, "FastAPI"))
                : Optional.empty();
    }

    private static Optional<PythonStart> flask(SourceFiles files, PythonProject project) {
        if (!project.names().contains("flask")) return Optional.empty();
        return find(files, project, FLASK)
                .or(() -> find(files, project, FLASK_FACTORY).map(factory -> factory + "()"))
                .map(app -> gunicorn(app, "Flask"));
    }

    /** The object that the pattern finds, as {@code module:name}. */
    private static Optional<String> find(SourceFiles files, PythonProject project, Pattern pattern) {
        var paths = files.matching(MODULE).stream()
                .sorted(Comparator.comparingInt(PythonStart::rank))
                .toList();
        for (var path : paths) {
            var match = pattern.matcher(files.code(path).orElse(""));
            if (match.find()) return Optional.of(module(project, path) + ":" + match.group("name"));
        }
        return Optional.empty();
    }

    /** Files nearer to the root come first, then those with the more usual names. */
    private static int rank(String path) {
        int depth = (int) path.chars().filter(c -> c == '/').count();
        var name = path.substring(path.lastIndexOf('/') + 1);
        return depth * MODULES.size() + MODULES.indexOf(name);
    }

    /** Once a package is installed, it is imported without the src above it. */
    private static String module(PythonProject project, String path) {
        var name = project.isPackage() ? path.replaceFirst("^src/", "") : path;
        return name.replaceFirst("(/__init__)?\\.py$", "").replace('/', '.');
    }
}
