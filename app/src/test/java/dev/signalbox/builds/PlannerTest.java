package dev.signalbox.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.engine.Profile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {
    @ParameterizedTest
    @CsvSource({
        "Dockerfile,        package.json, Dockerfile",
        "go.mod,            package.json, Go",
        "requirements.txt,  package.json, Python",
        "package.json,      index.html,   Node",
        "index.html,        README.md,    Static",
        "public/index.html, README.md,    Static",
    })
    void theFirstLanguageThatCanStartWins(String first, String second, String language) {
        var tree = new MapTree();
        for (var path : new String[] {first, second}) tree.with(path, text(path));
        if (first.equals("requirements.txt")) tree.with("main.py", "");
        tree.with("main.go", "package main\n").with("server.js", "");
        assertThat(plan(tree).language()).isEqualTo(language);
    }

    private static String text(String path) {
        return switch (path) {
            case "Dockerfile" -> "FROM scratch\n";
            case "go.mod" -> "module x\n";
            case "package.json" -> "{}";
            default -> "";
        };
    }

    @Test
    void anotherLanguageIsTriedWhenOneHasNothingToStart() {
        var tree = MapTree.of("requirements.txt", "black\n", "package.json", "{}", "server.js", "");
        assertThat(plan(tree).language()).isEqualTo("Node");
    }

    @Test
    void saysWhatItLookedForAndTwoWaysOut() {
        assertThatThrownBy(() -> plan(MapTree.of("README.md", "# hello")))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("There is nothing in the root of this repository that can be built. Looked for: Dockerfile;"
                        + " go.mod (Go); requirements.txt, pyproject.toml or main.py (Python); package.json (Node);"
                        + " index.html or public/index.html (static site). Either add a Dockerfile, or add the file that"
                        + " your language keeps in the root, beside the code.");
    }

    @Test
    void pointsAtWhatIsDeeperDown() {
        assertThatThrownBy(() -> plan(MapTree.of("README.md", "", "web/package.json", "{}")))
                .hasMessageContaining("There is a web/package.json, but only the root is looked at.");
    }

    @Test
    void saysWhatKeepsAKnownLanguageFromStarting() {
        assertThatThrownBy(() -> plan(MapTree.of("package.json", "{}")))
                .isInstanceOf(BuildRefused.class)
                .hasMessage(
                        "It is not clear what to run: package.json has no script 'start', and there is no server.js,"
                                + " index.js or app.js to run. Say what to run in a Procfile ('web: command'), or add a Dockerfile.");
    }

    @Test
    void aProcfileGivesAnOwnDockerfileItsProcesses() {
        var plan = plan(MapTree.of("Dockerfile", "FROM debian\n", "Procfile", "web: ./serve\nrelease: ./migrate\n"));
        assertThat(plan.processes())
                .containsExactly(new ProcessType("web", "./serve"), new ProcessType("release", "./migrate"));
        assertThat(plan.seen()).endsWith("Procfile: web, release");
        assertThat(plan.profile()).isEqualTo(Profile.FOREIGN);
    }

    /** The Dockerfiles as people read them: in the push, on the page, and in their repository if they take them over. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "node-without-dependencies",
                "node-npm",
                "node-pnpm",
                "node-typescript-yarn",
                "node-next",
                "node-prisma",
                "node-vite",
                "python-flask",
                "python-django",
                "python-uv-package",
                "python-script",
                "go",
                "go-with-procfile",
                "static-pages",
                "static-public",
            })
    void writesTheDockerfile(String name) throws IOException {
        var directory = Path.of("app/src/test/resources/builds", name);
        var plan = plan(MapTree.in(directory.resolve("tree")));
        try (InputStream expected = PlannerTest.class.getResourceAsStream("/builds/" + name + "/Dockerfile")) {
            assertThat(plan.dockerfile()).isEqualTo(new String(expected.readAllBytes(), StandardCharsets.UTF_8));
        }
        assertThat(plan.profile()).isEqualTo(Profile.RECIPE);
    }

    private static BuildPlan plan(MapTree tree) {
        return Planner.plan("svc_1", new SourceFiles(tree));
    }
}
