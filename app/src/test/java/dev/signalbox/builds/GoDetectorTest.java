package dev.signalbox.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.builds.Detector.Detection;
import dev.signalbox.engine.ContainerCommand;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoDetectorTest {
    private static final String MODULE = "module example.com/shop/v2\n\ngo 1.24\n\nrequire example.com/x v1.0.0\n";

    @Test
    void buildsTheProgramInTheRoot() {
        var tree = MapTree.of(
                "go.mod", MODULE, "go.sum", "", "main.go", "package main\n", "cmd/tool/main.go", "package main\n");

        assertThat(recipe(tree).packages()).containsExactly(".");
        assertThat(detect(tree).command()).hasValue(new ContainerCommand(List.of("/app/bin/shop")));
        assertThat(recipe(tree).manifests()).containsExactly("go.mod", "go.sum");
        assertThat(recipe(tree).version()).isEqualTo(new LanguageVersion("1.26", "go.mod asks for 1.24 or newer"));
    }

    @ParameterizedTest
    @CsvSource({"shop, shop", "server, server", "alpha, alpha"})
    void choosesAmongCommands(String name, String chosen) {
        var tree = MapTree.of("go.mod", MODULE, "shop_test.go", "package main\n", "lib.go", "package shop\n")
                .with("cmd/zeta/main.go", "package main\n")
                .with("cmd/lib/lib.go", "package lib\n")
                .with("cmd/" + name + "/main.go", "// Command\npackage main\n");
        assertThat(recipe(tree).packages()).containsExactly("./cmd/" + chosen);
    }

    @Test
    void aProcfileBuildsThemAll() {
        var tree = MapTree.of("go.mod", MODULE, "main.go", "package main\n", "cmd/worker/main.go", "package main\n");
        var found = (Detection.Found)
                new GoDetector().detect(new SourceFiles(tree), Procfile.parse("web: bin/shop\nworker: bin/worker"));
        assertThat(((GoRecipe) found.recipe()).packages()).containsExactly(".", "./cmd/worker");
        assertThat(found.command()).hasValue(ContainerCommand.shell("bin/shop"));
    }

    @ParameterizedTest
    @CsvSource({"1.26, false", "1.26.99, false", "1.27, true", "1.27.1, true", "2.0, true", "1.9, false"})
    void aNewerGoIsFetched(String version, boolean newer) {
        var tree = MapTree.of("go.mod", "module x\n\ngo " + version + "\n", "main.go", "package main\n");
        assertThat(recipe(tree).newerToolchain()).isEqualTo(newer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "go.work; go 1.26; require example.com/x v1.0.0",
                "vendor/modules.txt; x; require example.com/x v1.0.0",
                "other; x; replace example.com/x => ./x",
                "other; x; // nothing",
            })
    void leavesModulesToTheBuildWhereTheManifestsDoNotSayAll(String path, String text, String line) {
        var tree = MapTree.of("go.mod", "module x\n\n" + line + "\n", "main.go", "package main\n", path, text);
        assertThat(recipe(tree).downloads()).isFalse();
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(new GoDetector().detect(new SourceFiles(MapTree.of("go.mod", MODULE)), Procfile.NONE))
                .isEqualTo(new Detection.Incomplete(
                        "go.mod is there, but no main package in the root or in a directory of cmd"));
        assertThatThrownBy(() -> detect(MapTree.of("go.mod", "\n", "main.go", "package main\n")))
                .hasMessage("go.mod:1: there is no line 'module …'.");
    }

    private static Detection.Found detect(MapTree tree) {
        return (Detection.Found) new GoDetector().detect(new SourceFiles(tree), Procfile.NONE);
    }

    private static GoRecipe recipe(MapTree tree) {
        return (GoRecipe) detect(tree).recipe();
    }
}
