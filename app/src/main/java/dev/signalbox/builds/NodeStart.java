package dev.signalbox.builds;

import dev.signalbox.engine.ContainerCommand;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a Node app is started. A script that is one plain command is run as it is: with npm in between, start-up takes
 * longer, memory is lost, and signals take a detour.
 *
 * @param line the command as a person would type it
 * @param isScript whether package.json says so itself
 * @param reason where it was found, for people
 */
record NodeStart(ContainerCommand command, String line, boolean isScript, String reason) {
    private static final Pattern PLAIN = Pattern.compile("[\\w@%+:,./-]+(\\s+[\\w@%+=:,./-]+)*");
    private static final Pattern WITH_VARIABLES = Pattern.compile("[\\w@%+:,./-]+(\\s+[\\w@%+=:,./${}-]+)*");
    private static final List<String> RUNNERS = List.of("npm", "npx", "pnpm", "yarn", "corepack");

    /** Servers for the time of writing; for everybody else there are the files that the build makes. */
    private static final Pattern DEVELOPMENT_SERVER = Pattern.compile(
            "(npx\\s+)?(vite(\\s+(dev|serve|preview))?|react-scripts\\s+start|vue-cli-service\\s+serve|ng\\s+serve"
                    + "|astro(\\s+(dev|preview))?)(\\s+-.*)?");

    private static final List<String> USUAL_FILES = List.of(
            "server.js",
            "server.mjs",
            "server.cjs",
            "index.js",
            "index.mjs",
            "index.cjs",
            "app.js",
            "app.mjs",
            "main.js");

    static Optional<NodeStart> of(SourceFiles files, PackageJson json) {
        return json.script("start")
                .filter(line -> !DEVELOPMENT_SERVER.matcher(line).matches())
                .map(line -> new NodeStart(scriptCommand(json, line), line, true, "the script 'start'"))
                .or(() -> json.text("main")
                        .map(path -> path.replaceFirst("^\\./", ""))
                        .filter(path -> files.has(path) || json.script("build").isPresent())
                        .map(path -> ofFile(path, "main in package.json")))
                .or(() -> USUAL_FILES.stream()
                        .filter(files::has)
                        .findFirst()
                        .map(path -> ofFile(path, "there is no script 'start', but this file")));
    }

    String program() {
        return line.split("\\s+", 2)[0];
    }

    private static ContainerCommand scriptCommand(PackageJson json, String line) {
        boolean hooked =
                json.script("prestart").isPresent() || json.script("poststart").isPresent();
        // What calls other scripts, and what only a shell understands, is npm's to run.
        if (hooked
                || RUNNERS.contains(line.split("\\s+", 2)[0])
                || !WITH_VARIABLES.matcher(line).matches()) {
            return new ContainerCommand(List.of("npm", "start"));
        }
        return PLAIN.matcher(line).matches()
                ? new ContainerCommand(List.of(line.split("\\s+", -1)))
                : ContainerCommand.shell(line);
    }

    private static NodeStart ofFile(String path, String reason) {
        return new NodeStart(new ContainerCommand(List.of("node", path)), "node " + path, false, reason);
    }
}
