package dev.signalbox.builds;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The package manager that a repository uses: which one, why, and how it is asked for things.
 *
 * @param version what is installed of it, in npm's words; null takes the one that comes with Node
 * @param lock its lock file, when there is one
 * @param reason why it was chosen, for people
 */
record NodeInstaller(
        Kind kind, @Nullable String version, @Nullable String lock, String reason) {
    enum Kind {
        NPM("npm", "/root/.npm"),
        PNPM("pnpm", "/root/.pnpm-store"),
        YARN_CLASSIC("yarn", "/root/.yarn-cache"),
        YARN("yarn", "/root/.yarn");

        private final String command;
        private final String cache;

        Kind(String command, String cache) {
            this.command = command;
            this.cache = cache;
        }
    }

    private static final Pattern PACKAGE_MANAGER =
            Pattern.compile("(?<name>npm|pnpm|yarn)@(?<version>\\d+(?:\\.\\d+){0,2}(?:-[\\w.]+)?)(?:\\+.*)?");
    private static final Pattern VERSION_RANGE = Pattern.compile("[~^]?\\d+(?:\\.\\d+){0,2}(?:-[\\w.]+)?");
    private static final Pattern YARN_PATH = Pattern.compile("(?m)^yarnPath:.*yarn-(?<version>\\d[\\w.-]*)\\.c?js");
    private static final Pattern PNPM_LOCK = Pattern.compile("(?m)^lockfileVersion:\\s*['\"]?(?<major>\\d+)");
    private static final Pattern YARN_LOCK = Pattern.compile("(?m)^__metadata:\\s+version:\\s*+(?<version>\\d{1,4})");
    private static final String CLASSIC = "1.22.22";

    static NodeInstaller of(SourceFiles files, PackageJson json) {
        var named = json.text("packageManager").map(PACKAGE_MANAGER::matcher).filter(match -> match.matches());
        if (named.isPresent()) {
            return of(files, named.get().group("name"), named.get().group("version"), "packageManager names it");
        }
        var wanted = json.text("devEngines", "packageManager", "name").filter(List.of("npm", "pnpm", "yarn")::contains);
        if (wanted.isPresent()) {
            var version = json.text("devEngines", "packageManager", "version")
                    .filter(text -> VERSION_RANGE.matcher(text).matches());
            return of(files, wanted.get(), version.orElse(null), "devEngines names it");
        }
        if (files.has("pnpm-lock.yaml")) return of(files, "pnpm", null, "pnpm-lock.yaml");
        if (files.has("yarn.lock")) return of(files, "yarn", null, "yarn.lock");
        var lock = files.first("package-lock.json", "npm-shrinkwrap.json");
        return of(files, "npm", null, lock.orElse("no lock file"));
    }

    private static NodeInstaller of(SourceFiles files, String name, @Nullable String version, String reason) {
        return switch (name) {
            case "pnpm" ->
                new NodeInstaller(
                        Kind.PNPM,
                        version == null ? pnpmVersion(files) : version,
                        files.first("pnpm-lock.yaml").orElse(null),
                        reason);
            case "yarn" -> yarn(files, version, reason);
            default ->
                new NodeInstaller(
                        Kind.NPM,
                        null,
                        files.first("npm-shrinkwrap.json", "package-lock.json").orElse(null),
                        reason);
        };
    }

    /** Each major version of pnpm reads the lock files of its time. */
    private static String pnpmVersion(SourceFiles files) {
        if (!files.has("pnpm-lock.yaml")) return "10";
        var match = PNPM_LOCK.matcher(files.head("pnpm-lock.yaml", 1024));
        return switch (match.find() ? match.group("major") : "9") {
            case "5" -> "7";
            case "6" -> "8";
            // 9 and 10 write the same format; only 10 keeps settings in pnpm-workspace.yaml.
            default -> files.has("pnpm-workspace.yaml") ? "10" : "9";
        };
    }

    private static NodeInstaller yarn(SourceFiles files, @Nullable String version, String reason) {
        var lock = files.first("yarn.lock");
        var format = lock.map(path -> YARN_LOCK.matcher(files.head(path, 1024))).filter(match -> match.find());
        var settings = files.code(".yarnrc.yml");
        if (version == null && settings.isEmpty() && format.isEmpty()) version = CLASSIC;
        if (version != null && version.replaceFirst("^\\D", "").startsWith("1.")) {
            return new NodeInstaller(Kind.YARN_CLASSIC, version, lock.orElse(null), reason);
        }
        if (version == null) {
            version = settings.map(YARN_PATH::matcher)
                    .filter(match -> match.find())
                    .map(match -> match.group("version"))
                    .or(() -> format.map(match -> Integer.parseInt(match.group("version")) < 8 ? "3" : "4"))
                    .orElse("4");
        }
        return new NodeInstaller(Kind.YARN, version, lock.orElse(null), reason);
    }

    public String command() {
        return kind.command;
    }

    /** With its version, for people. */
    public String title() {
        return version == null ? command() : command() + " " + version;
    }

    /** Where it keeps what it downloaded. */
    public String cache() {
        return kind.cache;
    }

    /** What npm is asked to install so that this manager is there; null when it comes with Node. */
    public @Nullable String tool() {
        return switch (kind) {
            case NPM -> null;
            case PNPM -> "pnpm@" + version;
            case YARN_CLASSIC -> "yarn@" + version;
            case YARN -> "@yarnpkg/cli-dist@" + version;
        };
    }

    /** The files that decide what is installed; nothing else can change it. */
    List<String> manifests(SourceFiles files) {
        var all = new ArrayList<String>();
        all.add(PackageJson.NAME);
        if (lock != null) all.add(lock);
        Stream.of(".npmrc", ".pnpmfile.cjs", "pnpm-workspace.yaml", ".yarnrc", ".yarnrc.yml")
                .filter(files::has)
                .forEach(all::add);
        return all;
    }

    String install(boolean production) {
        return switch (kind) {
            case NPM -> (lock == null ? "npm install" : "npm ci") + (production ? " --omit=dev" : "");
            case PNPM -> "pnpm install" + (lock == null ? "" : " --frozen-lockfile") + (production ? " --prod" : "");
            case YARN_CLASSIC ->
                "yarn install" + (lock == null ? "" : " --frozen-lockfile") + (production ? " --production" : "");
            case YARN -> production && focuses() ? focus() : "yarn install" + (lock == null ? "" : " --immutable");
        };
    }

    /** Takes away again what only development needs; null where the manager cannot. */
    @Nullable String prune() {
        return switch (kind) {
            case NPM -> "npm prune --omit=dev";
            case PNPM -> "CI=true pnpm prune --prod --ignore-scripts";
            case YARN_CLASSIC -> "yarn install --production --ignore-scripts --prefer-offline --frozen-lockfile";
            case YARN -> focuses() ? focus() : null;
        };
    }

    private static String focus() {
        return "yarn workspaces focus --all --production";
    }

    /** Older Yarns can only with a plug-in. */
    private boolean focuses() {
        return version != null && !version.replaceFirst("^\\D", "").matches("[23](\\..*)?");
    }

    /** Settings of the manager inside the build. */
    List<String> environment() {
        return switch (kind) {
            case NPM -> List.of();
            case PNPM -> List.of("npm_config_store_dir=" + kind.cache, "pnpm_config_store_dir=" + kind.cache);
            case YARN_CLASSIC -> List.of("YARN_CACHE_FOLDER=" + kind.cache);
            // What runs needs no Yarn beside it when packages are where Node itself looks.
            case YARN ->
                List.of(
                        "YARN_NODE_LINKER=node-modules",
                        "YARN_IGNORE_PATH=1",
                        "YARN_ENABLE_GLOBAL_CACHE=true",
                        "YARN_GLOBAL_FOLDER=" + kind.cache,
                        "YARN_ENABLE_INLINE_BUILDS=true",
                        "YARN_ENABLE_TELEMETRY=false");
        };
    }
}
