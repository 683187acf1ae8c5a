package dev.signalbox.builds;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a Python repository says of its dependencies.
 *
 * @param installer what installs them
 * @param manifests the files that decide what is installed
 * @param names of the distributions it asks for itself, normalised
 * @param needsSource whether installing needs more of the repository than the manifests
 * @param isPackage whether the project itself is to be installed as well
 * @param commands that it brings once it is installed
 * @param python the versions of Python it says it works with
 */
record PythonProject(
        Installer installer,
        List<String> manifests,
        Set<String> names,
        boolean needsSource,
        boolean isPackage,
        List<String> commands,
        Optional<String> python) {
    enum Installer {
        NONE,
        PIP,
        UV
    }

    static final String REQUIREMENTS = "requirements.txt";
    static final String PYPROJECT = "pyproject.toml";
    static final String UV_LOCK = "uv.lock";

    private static final Pattern NAME = Pattern.compile("(?<name>[A-Za-z0-9][\\w.-]*).*");
    private static final Pattern INCLUDE =
            Pattern.compile("(-r|--requirement|-c|--constraint)[=\\s]\\s*(?<path>[^\\s#]+).*");
    private static final Pattern LOCAL = Pattern.compile("(-e|--editable)[=\\s].*|\\.{1,2}(/.*)?(\\[.*)?|file:.*");

    PythonProject {
        manifests = List.copyOf(manifests);
        names = Set.copyOf(names);
        commands = List.copyOf(commands);
    }

    static PythonProject of(SourceFiles files) {
        var toml = files.text(PYPROJECT).map(PythonProject::parse).orElse(MissingNode.getInstance());
        var python = Optional.of(toml.path("project").path("requires-python").asText())
                .filter(text -> !text.isBlank());
        boolean describesItself =
                !files.has(REQUIREMENTS) && toml.path("project").isObject();
        if (files.has(UV_LOCK) || describesItself) return uv(files, toml, python);
        if (files.has(REQUIREMENTS)) return pip(files, python);
        return new PythonProject(Installer.NONE, List.of(), Set.of(), false, false, List.of(), python);
    }

    private static JsonNode parse(String text) {
        try {
            return new TomlMapper().readTree(text);
        } catch (JsonProcessingException e) {
            var line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw BuildRefused.at(PYPROJECT, line, "this is no valid TOML: " + PlainText.of(e.getOriginalMessage()));
        }
    }

    private static PythonProject uv(SourceFiles files, JsonNode toml, Optional<String> python) {
        var names = new HashSet<String>();
        toml.path("project").path("dependencies").forEach(line -> addName(names, line.asText()));
        var manifests = Stream.of(PYPROJECT, UV_LOCK).filter(files::has).toList();
        var uv = toml.path("tool").path("uv");
        boolean local = uv.has("workspace")
                || uv.path("sources").valueStream().anyMatch(source -> source.has("path") || source.has("workspace"));
        boolean isPackage = uv.path("package").asBoolean(toml.has("build-system"));
        var commands = isPackage
                ? toml.path("project")
                        .path("scripts")
                        .propertyStream()
                        .map(Map.Entry::getKey)
                        .toList()
                : List.<String>of();
        return new PythonProject(Installer.UV, manifests, names, local, isPackage, commands, python);
    }

    private static PythonProject pip(SourceFiles files, Optional<String> python) {
        var read = new LinkedHashSet<String>();
        var names = new HashSet<String>();
        var unread = new ArrayList<>(List.of(REQUIREMENTS));
        boolean local = false;
        while (!unread.isEmpty()) {
            var path = unread.removeFirst();
            if (!files.has(path) || !read.add(path)) continue;
            for (var raw : files.text(path).orElse("").lines().toList()) {
                var line = raw.strip();
                var include = INCLUDE.matcher(line);
                if (include.matches()) unread.add(beside(path, include));
                else if (LOCAL.matcher(line).matches()) local = true;
                else addName(names, line);
            }
        }
        // Copied by their names into one directory, files of several directories would no longer find each other.
        boolean spread = read.stream().anyMatch(path -> path.contains("/"));
        return new PythonProject(Installer.PIP, List.copyOf(read), names, local || spread, false, List.of(), python);
    }

    private static String beside(String path, Matcher include) {
        var directory = path.substring(0, path.lastIndexOf('/') + 1);
        return directory + include.group("path").replaceFirst("^\\./", "");
    }

    /** The name at the beginning of a requirement; -, _ and . are one character in names, and case does not matter. */
    private static void addName(Set<String> names, String requirement) {
        var match = NAME.matcher(requirement);
        if (match.matches())
            names.add(match.group("name").toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-"));
    }
}
