package dev.signalbox.builds;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Files that a build script makes and that need no server of their own.
 *
 * @param directory where they are
 * @param routesItself whether a path without a file is for the script in the page to show
 * @param maker what makes them, for people
 */
record NodeSite(String directory, boolean routesItself, String maker) {
    /** Build on Vite too, but what they make has a server. */
    private static final List<String> WITH_SERVER =
            List.of("@sveltejs/kit", "@remix-run/dev", "@react-router/dev", "@solidjs/start", "@builder.io/qwik-city");

    private static final List<String> VITE_CONFIGS =
            List.of("vite.config.ts", "vite.config.js", "vite.config.mjs", "vite.config.mts");
    private static final List<String> NEXT_CONFIGS =
            List.of("next.config.js", "next.config.mjs", "next.config.ts", "next.config.cjs");
    private static final Pattern OUT_DIRECTORY =
            Pattern.compile("outDir\\s*+:\\s*+['\"](\\./)?(?<path>[\\w.-]++(?:/[\\w.-]++)*+)/?['\"]");
    private static final Pattern EXPORT = Pattern.compile("output\\s*+:\\s*+['\"]export['\"]");
    private static final Pattern PATH = Pattern.compile("[\\w@.-]++(?:/[\\w@.-]++)*+");

    static Optional<NodeSite> of(SourceFiles files, PackageJson json) {
        var build = json.script("build").orElse("");
        if (build.contains("react-scripts build")) return Optional.of(new NodeSite("build", true, "Create React App"));
        if (build.contains("vue-cli-service build")) return Optional.of(new NodeSite("dist", true, "Vue CLI"));
        if (build.contains("ng build")) return angular(files);
        if (build.contains("astro build")) return astro(json);
        if (build.contains("next build")) return next(files);
        if (build.contains("vite build") && WITH_SERVER.stream().noneMatch(json::uses)) return vite(files);
        return Optional.empty();
    }

    private static Optional<NodeSite> vite(SourceFiles files) {
        var directory = firstMatch(files, VITE_CONFIGS, OUT_DIRECTORY).orElse("dist");
        return Optional.of(new NodeSite(directory, true, "Vite"));
    }

    private static Optional<NodeSite> astro(PackageJson json) {
        var adapters = List.of("@astrojs/node", "@astrojs/vercel", "@astrojs/netlify", "@astrojs/cloudflare");
        return adapters.stream().anyMatch(json::uses)
                ? Optional.empty()
                : Optional.of(new NodeSite("dist", false, "Astro"));
    }

    private static Optional<NodeSite> next(SourceFiles files) {
        return NEXT_CONFIGS.stream()
                .flatMap(path -> files.code(path).stream())
                .filter(text -> EXPORT.matcher(text).find())
                .findFirst()
                .map(text -> new NodeSite("out", false, "Next's export"));
    }

    /** Angular's own builder puts what the browser gets into a directory below; the older one does not. */
    private static Optional<NodeSite> angular(SourceFiles files) {
        var text = files.text("angular.json");
        if (text.isEmpty()) return Optional.empty();
        var projects = PackageJson.parse("angular.json", text.get())
                .root()
                .path("projects")
                .properties();
        return projects.stream().findFirst().flatMap(project -> {
            var build = project.getValue().path("architect").path("build");
            var path = build.path("options").path("outputPath").asText("dist/" + project.getKey());
            var directory = build.path("builder").asText().endsWith(":browser") ? path : path + "/browser";
            return PATH.matcher(directory).matches()
                    ? Optional.of(new NodeSite(directory, true, "Angular"))
                    : Optional.empty();
        });
    }

    private static Optional<String> firstMatch(SourceFiles files, List<String> paths, Pattern pattern) {
        return paths.stream()
                .flatMap(path -> files.code(path).stream())
                .map(pattern::matcher)
                .filter(match -> match.find())
                .findFirst()
                .map(match -> match.group("path"));
    }
}
