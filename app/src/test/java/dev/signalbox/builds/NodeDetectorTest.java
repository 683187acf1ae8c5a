package dev.signalbox.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.builds.Detector.Detection;
import dev.signalbox.builds.NodeInstaller.Kind;
import dev.signalbox.builds.NodeRecipe.Needs;
import dev.signalbox.engine.ContainerCommand;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeDetectorTest {
    private static final String EXPRESS = """
            {"scripts": {"start": "node server.js"}, "dependencies": {"express": "^5"}}""";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "node server.js; node|server.js",
                "node --enable-source-maps dist/main.js; node|--enable-source-maps|dist/main.js",
                "next start; next|start",
                "next start -p $PORT; /bin/sh|-c|exec next start -p $PORT",
                "next start -p ${PORT:-3000}; /bin/sh|-c|exec next start -p ${PORT:-3000}",
                "NODE_ENV=production node server.js; npm|start",
                "npm run serve; npm|start",
                "prisma migrate deploy && node server.js; npm|start",
                "node -e 'run()'; npm|start",
            })
    void runsAPlainScriptWithoutNpm(String script, String argv) {
        var found = detect(MapTree.of("package.json", "{\"scripts\": {\"start\": \"" + script + "\"}}"));
        assertThat(found.command()).hasValue(new ContainerCommand(List.of(argv.split("\\|"))));
    }

    @Test
    void leavesScriptsWithHooksToNpm() {
        var found = detect(MapTree.of(
                "package.json", "{\"scripts\": {\"prestart\": \"node make.js\", \"start\": \"node server.js\"}}"));
        assertThat(found.command()).hasValue(new ContainerCommand(List.of("npm", "start")));
    }

    @Test
    void startsWhatIsThereWithoutAScript() {
        assertThat(detect(MapTree.of("package.json", "{}", "index.js", "", "app.js", ""))
                        .command())
                .hasValue(new ContainerCommand(List.of("node", "index.js")));
        assertThat(detect(MapTree.of("package.json", "{\"main\": \"./lib/x.js\"}", "lib/x.js", "", "app.js", ""))
                        .command())
                .hasValue(new ContainerCommand(List.of("node", "lib/x.js")));
    }

    @Test
    void saysWhatIsMissingWhenNothingCanBeStarted() {
        assertThat(new NodeDetector().detect(new SourceFiles(MapTree.of("package.json", "{}")), Procfile.NONE))
                .isEqualTo(new Detection.Incomplete(
                        "package.json has no script 'start', and there is no server.js, index.js or app.js to run"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "engines; {\"node\": \">=18\"}; 24; engines in package.json asks for >=18",
                "engines; {\"node\": \"22.x\"}; 22; engines in package.json asks for 22.x",
                "other; {}; 24; none is asked for",
            })
    void takesTheVersionThatPackageJsonAsksFor(String key, String engines, String version, String reason) {
        var tree = MapTree.of("package.json", "{\"%s\": %s}".formatted(key, engines), "server.js", "");
        assertThat(recipe(tree).version()).isEqualTo(new LanguageVersion(version, reason));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                ".nvmrc; v22.11.0; 22",
                ".nvmrc; lts/jod; 22",
                ".nvmrc; lts/*; 24",
                ".node-version; 22; 22",
                ".tool-versions; nodejs 22.1.0; 22",
            })
    void readsVersionFiles(String path, String text, String version) {
        var tree = MapTree.of("package.json", "{}", "server.js", "", path, "# why\n" + text + "\n");
        assertThat(recipe(tree).version().name()).isEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "18 | This app asks for Node 18 (.nvmrc); there are Node 24 and 22. Change it there, or bring a Dockerfile.",
                "lts/iron | This app asks for Node lts/iron (.nvmrc); there are Node 24 and 22. Change it there, or bring a Dockerfile.",
                "new | .nvmrc asks for Node 'new', which is no version or range.",
            })
    void saysWhichVersionsThereAre(String wish, String message) {
        assertThatThrownBy(() -> detect(MapTree.of("package.json", "{}", "server.js", "", ".nvmrc", wish)))
                .isInstanceOf(BuildRefused.class)
                .hasMessage(message);
    }

    @Test
    void namesTheLineOfBrokenJson() {
        assertThatThrownBy(() -> detect(MapTree.of("package.json", "{\n  \"name\": \"x\",\n  broken\n}")))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("package.json:3: this is no valid JSON: ");
        assertThatThrownBy(() -> detect(MapTree.of("package.json", "[]")))
                .hasMessage("package.json:1: this is no JSON object.");
    }

    @Test
    void ignoresWhatHasAnUnexpectedType() {
        var odd = "{\"scripts\": [\"start\"], \"dependencies\": 3, \"engines\": \"node\", \"main\": {}}";
        assertThat(recipe(MapTree.of("package.json", odd, "server.js", "")).needs())
                .isEqualTo(Needs.NOTHING);
    }

    @Test
    void choosesTheManagerByPackageManagerThenByLockFile() {
        var tree = MapTree.of("package.json", EXPRESS, "yarn.lock", "# yarn lockfile v1\n", "package-lock.json", "{}");
        assertThat(recipe(tree).manager())
                .isEqualTo(new NodeInstaller(Kind.YARN_CLASSIC, "1.22.22", "yarn.lock", "yarn.lock"));
        assertThat(recipe(tree).seen())
                .contains("There are yarn.lock and package-lock.json; yarn.lock is used. Remove what is out of use");

        tree.with("package.json", EXPRESS.replaceFirst("\\{", "{\"packageManager\": \"npm@10.9.0+sha512.abc\", "));
        assertThat(recipe(tree).manager())
                .isEqualTo(new NodeInstaller(Kind.NPM, null, "package-lock.json", "packageManager names it"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "lockfileVersion: '9.0'; 9",
                "lockfileVersion: '6.0'; 8",
                "lockfileVersion: 5.4; 7",
            })
    void takesThePnpmThatReadsTheLockFile(String lock, String version) {
        var tree = MapTree.of("package.json", EXPRESS, "pnpm-lock.yaml", lock + "\n");
        assertThat(recipe(tree).manager().tool()).isEqualTo("pnpm@" + version);
        assertThat(recipe(tree).installs()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "nodeLinker: pnp; @yarnpkg/cli-dist@4",
                "yarnPath: .yarn/releases/yarn-3.8.7.cjs; @yarnpkg/cli-dist@3.8.7",
            })
    void takesTheYarnThatTheRepositoryNames(String settings, String tool) {
        var tree = MapTree.of(
                "package.json", EXPRESS, ".yarnrc.yml", settings + "\n", "yarn.lock", "__metadata:\n  version: 8\n");
        assertThat(recipe(tree).manager().kind()).isEqualTo(Kind.YARN);
        assertThat(recipe(tree).manager().tool()).isEqualTo(tool);
    }

    @Test
    void nothingOfARepositoryReachesTheShellAsAVersion() {
        var tree = MapTree.of(
                "package.json", EXPRESS.replaceFirst("\\{", "{\"packageManager\": \"pnpm@1;id\", "), ".yarnrc.yml", "");
        assertThat(recipe(tree).manager().tool()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{}; NOTHING",
                "{\"devDependencies\": {\"eslint\": \"9\"}}; NOTHING",
                "{\"dependencies\": {\"a\": \"1\"}}; PRODUCTION",
                "{\"dependencies\": {\"a\": \"1\"}, \"scripts\": {\"build\": \"tsc\"}}; ALL_THEN_PRODUCTION",
                "{\"dependencies\": {\"a\": \"1\"}, \"scripts\": {\"prepare\": \"husky\"}}; ALL_THEN_PRODUCTION",
                "{\"devDependencies\": {\"tsx\": \"4\"}, \"scripts\": {\"start\": \"tsx server.ts\"}}; ALL",
            })
    void installsNoMoreThanIsNeeded(String json, Needs needs) {
        assertThat(recipe(MapTree.of("package.json", json, "server.js", "")).needs())
                .isEqualTo(needs);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"scripts\": {\"postinstall\": \"node x.js\"}}; true",
                "{\"scripts\": {\"prepare\": \"husky && node x.js\"}}; true",
                "{\"scripts\": {\"prepare\": \"husky install\"}}; false",
                "{\"workspaces\": [\"packages/*\"], \"dependencies\": {\"a\": \"1\"}}; true",
                "{\"dependencies\": {\"a\": \"file:./a\"}}; true",
                "{\"dependencies\": {\"a\": \"1\"}}; false",
            })
    void copiesTheSourceFirstOnlyWhenInstallingNeedsIt(String json, boolean sourceFirst) {
        assertThat(recipe(MapTree.of("package.json", json, "server.js", "")).sourceFirst())
                .isEqualTo(sourceFirst);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "vite build; vite preview; dist; true",
                "tsc -b && vite build; ; dist; true",
                "react-scripts build; react-scripts start; build; true",
                "vue-cli-service build; vue-cli-service serve; dist; true",
                "astro build; astro dev; dist; false",
            })
    void servesWhatABuildMakes(String build, String start, String directory, boolean routesItself) {
        var scripts = start == null ? "" : ", \"start\": \"" + start + "\"";
        var tree = MapTree.of(
                "package.json", "{\"scripts\": {\"build\": \"" + build + "\"" + scripts + "}}", "index.html", "");
        assertThat(recipe(tree).site().directory()).isEqualTo(directory);
        assertThat(recipe(tree).site().routesItself()).isEqualTo(routesItself);
        assertThat(detect(tree).command()).isEmpty();
    }

    @Test
    void findsWhereABuildPutsItsFiles() {
        var vite = MapTree.of(
                "package.json", "{\"scripts\": {\"build\": \"vite build\"}}",
                "vite.config.ts", "export default { build: { outDir: './public/app/' } }");
        assertThat(recipe(vite).site().directory()).isEqualTo("public/app");

        var angular = MapTree.of(
                "package.json", "{\"scripts\": {\"build\": \"ng build\", \"start\": \"ng serve\"}}",
                "angular.json", """
                        {"projects": {"shop": {"architect": {"build": {"builder": "@angular/build:application"}}}}}""");
        assertThat(recipe(angular).site().directory()).isEqualTo("dist/shop/browser");

        var next = MapTree.of(
                "package.json", "{\"scripts\": {\"build\": \"next build\"}}",
                "next.config.mjs", "export default { output: 'export' }");
        assertThat(recipe(next).site().directory()).isEqualTo("out");
    }

    @Test
    void aServerOfItsOwnIsRun() {
        var tree =
                MapTree.of("package.json", "{\"scripts\": {\"build\": \"vite build\", \"start\": \"node server.js\"}}");
        assertThat(recipe(tree).site()).isNull();
    }

    @Test
    void theProcfileSaysWhatRuns() {
        var tree = MapTree.of("package.json", EXPRESS);
        var detection = new NodeDetector().detect(new SourceFiles(tree), Procfile.parse("web: node other.js"));
        assertThat(((Detection.Found) detection).command()).hasValue(ContainerCommand.shell("node other.js"));
    }

    private static Detection.Found detect(MapTree tree) {
        return (Detection.Found) new NodeDetector().detect(new SourceFiles(tree), Procfile.NONE);
    }

    private static NodeRecipe recipe(MapTree tree) {
        return (NodeRecipe) detect(tree).recipe();
    }
}
