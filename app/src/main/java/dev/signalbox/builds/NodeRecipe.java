package dev.signalbox.builds;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Node app, or the site that a Node build makes.
 *
 * @param needs what of its dependencies has to be installed
 * @param runsWithModules whether node_modules is part of what runs
 * @param sourceFirst whether installing needs more of the repository than the manifests
 * @param inPlace whether the build writes into node_modules, so that the two cannot be kept apart
 * @param buildCaches directories that the build script fills for the next build
 * @param site what the build makes, when that needs no Node to be served
 */
record NodeRecipe(
        LanguageVersion version,
        NodeInstaller manager,
        List<String> manifests,
        Needs needs,
        boolean runsWithModules,
        boolean sourceFirst,
        boolean inPlace,
        boolean builds,
        List<String> buildCaches,
        @Nullable NodeSite site,
        List<String> seen)
        implements Recipe {
    enum Needs {
        NOTHING,
        /** What it needs when it runs. */
        PRODUCTION,
        /** Everything, for its build; taken away again afterwards. */
        ALL_THEN_PRODUCTION,
        /** Everything, also when it runs. */
        ALL
    }

    NodeRecipe {
        manifests = List.copyOf(manifests);
        buildCaches = List.copyOf(buildCaches);
        seen = List.copyOf(seen);
    }

    @Override
    public String language() {
        return "Node";
    }

    @Override
    public String template() {
        return "node";
    }

    public boolean installs() {
        return needs != Needs.NOTHING;
    }

    /** Whether there is anything to do before the sources can run as they are. */
    public boolean prepares() {
        return installs() || builds;
    }

    public boolean hasBuildStage() {
        return builds || inPlace;
    }

    public String install() {
        return manager.install(needs == Needs.PRODUCTION);
    }

    public @Nullable String prune() {
        return needs == Needs.ALL_THEN_PRODUCTION && site == null ? manager.prune() : null;
    }

    /** The stage that node_modules is taken from to run; null when it is not. */
    public @Nullable String modules() {
        if (inPlace || !runsWithModules || site != null) return null;
        return prune() == null ? "dependencies" : "production";
    }

    /** What the build script sees beside the sources: node_modules from another stage, and what it kept last time. */
    public String buildMounts(Caches caches) {
        var mounts = new ArrayList<String>();
        if (installs() && !inPlace) {
            mounts.add("--mount=type=bind,from=dependencies,source=/app/node_modules,target=/app/node_modules,rw");
        }
        buildCaches.forEach(path -> mounts.add(caches.mount(path, "/app/" + path)));
        return mounts.stream().map(mount -> mount + " ").collect(Collectors.joining());
    }

    public String manifestList() {
        var words = new ArrayList<>(manifests);
        words.add("./");
        return ExecForm.plain(words);
    }

    public String settings() {
        var all = new ArrayList<>(List.of(
                "NPM_CONFIG_AUDIT=false", "NPM_CONFIG_FUND=false", "NPM_CONFIG_UPDATE_NOTIFIER=false", "HUSKY=0"));
        all.addAll(manager.environment());
        return String.join(" ", all);
    }

    public String buildBase() {
        return "node:" + version.name();
    }

    public String runBase() {
        return site == null ? "node:" + version.name() + "-slim" : StaticRecipe.BASE;
    }

    @Override
    public List<String> bases() {
        return prepares() ? List.of(buildBase(), runBase()) : List.of(runBase());
    }

    @Override
    public List<String> excluded() {
        return installs() ? List.of("**/node_modules", ".pnp.*", ".yarn/cache", ".yarn/unplugged") : List.of();
    }
}
