package dev.signalbox.builds;

import dev.signalbox.builds.LanguageVersion.Wish;
import dev.signalbox.builds.NodeRecipe.Needs;
import dev.signalbox.engine.ContainerCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Node: npm, pnpm and both kinds of Yarn; servers, and sites that a build script makes. */
final class NodeDetector implements Detector {
    private static final List<String> VERSIONS = List.of("24", "22");
    private static final Map<String, String> LONG_TERM_SUPPORT =
            Map.of("hydrogen", "18", "iron", "20", "jod", "22", "krypton", "24");
    private static final Set<String> NEWEST = Set.of("node", "latest", "current", "stable", "lts/*", "lts");
    private static final List<String> LOCK_FILES =
            List.of("pnpm-lock.yaml", "yarn.lock", "npm-shrinkwrap.json", "package-lock.json", "bun.lock", "bun.lockb");

    /** They set up git, of which there is nothing in a build. */
    private static final Pattern GIT_HOOKS =
            Pattern.compile("(is-ci\\s*\\|\\|\\s*)?(husky|lefthook|simple-git-hooks)\\b[^&;]*");

    @Override
    public String looksFor() {
        return "package.json (Node)";
    }

    @Override
    public Detection detect(SourceFiles files, Procfile procfile) {
        var text = files.text(PackageJson.NAME);
        if (text.isEmpty()) return Detection.NOT_THIS;
        var json = PackageJson.parse(PackageJson.NAME, text.get());
        if (procfile.namesProcesses()) {
            return new Detection.Found(
                    recipe(files, json, null, null),
                    procfile.command(ProcessType.WEB).map(ContainerCommand::shell));
        }
        var site = NodeSite.of(files, json);
        var start = NodeStart.of(files, json);
        if (site.isPresent() && !start.map(NodeStart::isScript).orElse(false)) {
            return new Detection.Found(recipe(files, json, site.get(), null), Optional.empty());
        }
        return start.<Detection>map(
                        found -> new Detection.Found(recipe(files, json, null, found), Optional.of(found.command())))
                .orElseGet(() -> new Detection.Incomplete(
                        "package.json has no script 'start', and there is no server.js, index.js or app.js to run"));
    }

    private static NodeRecipe recipe(
            SourceFiles files, PackageJson json, @Nullable NodeSite site, @Nullable NodeStart start) {
        var version = version(files, json);
        var manager = NodeInstaller.of(files, json);
        var needs = needs(json, start == null ? "" : start.program());
        boolean sourceFirst = needs != Needs.NOTHING && needsSource(files, json);
        boolean generates = json.uses("prisma") || json.uses("@prisma/client");

        var seen = new ArrayList<String>();
        seen.add("Node " + version.name() + ": " + version.reason());
        seen.addAll(needs == Needs.NOTHING ? List.of("No dependencies to install") : about(files, manager));
        if (site != null) seen.add("Serves the files that " + site.maker() + " puts into " + site.directory());
        if (start != null) seen.add("Starts with '" + PlainText.of(start.line()) + "': " + start.reason());
        return new NodeRecipe(
                version,
                manager,
                manager.manifests(files),
                needs,
                !json.dependencies().isEmpty() || needs == Needs.ALL,
                sourceFirst,
                sourceFirst || generates,
                json.script("build").isPresent(),
                json.uses("next") ? List.of(".next/cache") : List.of(),
                site,
                seen);
    }

    private static Needs needs(PackageJson json, String program) {
        boolean hooked = !json.installScripts().isEmpty();
        boolean runtime = !json.dependencies().isEmpty();
        if (json.developmentDependencies().isEmpty() && !runtime && !hooked) return Needs.NOTHING;
        if (isDevelopmentTool(json, program)) return Needs.ALL;
        if (json.script("build").isPresent() || hooked) return Needs.ALL_THEN_PRODUCTION;
        return runtime ? Needs.PRODUCTION : Needs.NOTHING;
    }

    /** Started with what is listed under devDependencies, an app keeps them. */
    private static boolean isDevelopmentTool(PackageJson json, String program) {
        var development = json.developmentDependencies();
        return development.contains(program) || (program.equals("nest") && development.contains("@nestjs/cli"));
    }

    private static boolean needsSource(SourceFiles files, PackageJson json) {
        return json.installScripts().stream()
                        .flatMap(name -> json.script(name).stream())
                        .anyMatch(line -> !GIT_HOOKS.matcher(line).matches())
                || json.hasWorkspaces()
                || json.hasLocalDependencies()
                || files.text("pnpm-workspace.yaml")
                        .filter(text -> text.contains("packages:"))
                        .isPresent()
                || Stream.of("patches", ".yarn/patches", ".yarn/plugins").anyMatch(files::hasDirectory);
    }

    private static LanguageVersion version(SourceFiles files, PackageJson json) {
        var wish = json.text("engines", "node")
                .map(text -> new Wish(text, "engines in package.json"))
                .or(() -> LanguageVersion.inFile(files, ".nvmrc"))
                .or(() -> LanguageVersion.inFile(files, ".node-version"))
                .or(() -> LanguageVersion.inToolVersions(files, List.of("nodejs", "node")));
        return LanguageVersion.choose("Node", wish, NodeDetector::inNumbers, VERSIONS);
    }

    /** nvm knows releases by name. */
    private static String inNumbers(String text) {
        if (NEWEST.contains(text)) return "*";
        return LONG_TERM_SUPPORT.getOrDefault(text.replaceFirst("^lts/", ""), text);
    }

    private static List<String> about(SourceFiles files, NodeInstaller manager) {
        var about = new ArrayList<String>();
        about.add(manager.title() + ": " + manager.reason());
        var locks = LOCK_FILES.stream().filter(files::has).toList();
        if (locks.size() > 1) {
            about.add("There are %s; %s is used. Remove what is out of use"
                    .formatted(String.join(" and ", locks), manager.lock() == null ? "none" : manager.lock()));
        }
        if (manager.lock() == null) {
            about.add(
                    "There is no lock file of %1$s, so versions can change from build to build. Commit the one that '%1$s install' writes"
                            .formatted(manager.command()));
        }
        return about;
    }
}
