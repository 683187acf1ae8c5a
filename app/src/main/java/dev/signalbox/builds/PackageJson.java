package dev.signalbox.builds;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a package.json says, as far as building and starting go. What has an unexpected type counts as not said. */
record PackageJson(JsonNode root) {
    static final String NAME = "package.json";

    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> INSTALL_SCRIPTS =
            List.of("preinstall", "install", "postinstall", "preprepare", "prepare", "postprepare");
    private static final List<String> LOCAL = List.of("file:", "link:", "portal:", "workspace:");

    static PackageJson parse(String path, String text) {
        try {
            var root = JSON.readTree(text);
            if (!root.isObject()) throw BuildRefused.at(path, 1, "this is no JSON object.");
            return new PackageJson(root);
        } catch (JsonProcessingException e) {
            var line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw BuildRefused.at(path, line, "this is no valid JSON: " + PlainText.of(e.getOriginalMessage()));
        }
    }

    Optional<String> text(String... keys) {
        JsonNode node = root;
        for (var key : keys) node = node.path(key);
        return node.isTextual() && !node.asText().isBlank()
                ? Optional.of(node.asText().strip())
                : Optional.empty();
    }

    Optional<String> script(String name) {
        return text("scripts", name);
    }

    /** Names of what it needs when it runs. */
    Set<String> dependencies() {
        return names("dependencies", "optionalDependencies");
    }

    Set<String> developmentDependencies() {
        return names("devDependencies");
    }

    boolean uses(String dependency) {
        return dependencies().contains(dependency) || developmentDependencies().contains(dependency);
    }

    /** Scripts of its own that run when its dependencies are installed. */
    List<String> installScripts() {
        return INSTALL_SCRIPTS.stream().filter(name -> script(name).isPresent()).toList();
    }

    boolean hasWorkspaces() {
        return !root.path("workspaces").isEmpty();
    }

    /** Whether a dependency is a directory of the repository. */
    boolean hasLocalDependencies() {
        return Stream.of("dependencies", "optionalDependencies", "devDependencies")
                .flatMap(kind -> root.path(kind).valueStream())
                .anyMatch(version -> LOCAL.stream().anyMatch(version.asText()::startsWith));
    }

    private Set<String> names(String... kinds) {
        return Stream.of(kinds)
                .flatMap(kind -> root.path(kind).propertyStream())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }
}
