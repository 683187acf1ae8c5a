package dev.signalbox.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.engine.EngineExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The starters, as they are in the repository: built, run, asked, stopped. */
class StartersIT {
    @RegisterExtension
    static final EngineExtension docker = new EngineExtension();

    @TempDir
    Path directory;

    private Workshop workshop;

    @BeforeEach
    void open() {
        workshop = new Workshop(directory, docker.engine());
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    @ParameterizedTest
    @CsvSource({"hello-node, Hello from Node", "hello-python, Hello from Python", "hello-go, Hello from Go"})
    void answersAndLeavesInOrder(String starter, String greeting) throws InterruptedException {
        try (var app = RunningApp.start(docker, build(starter))) {
            assertThat(app.text("/")).contains(greeting);
            assertThat(app.text("/health")).contains("\"ok\"");
            assertThat(app.get("/nothing").statusCode()).isEqualTo(404);

            app.stop();

            // Some servers, having stopped in order, end by the signal that asked them to.
            assertThat(app.exitCode()).isIn(0, 128 + 15);
            assertThat(app.printed())
                    .anySatisfy(line -> assertThat(line).contains("All requests are answered, goodbye"));
        }
    }

    @Test
    void servesPlainFiles() throws InterruptedException {
        try (var app = RunningApp.start(docker, build("hello-static"))) {
            assertThat(app.text("/")).contains("<h1>Hello</h1>");
            assertThat(app.text("/about")).contains("<h1>About</h1>");
            assertThat(app.get("/nothing").statusCode()).isEqualTo(404);
            assertThat(app.get("/nothing").body()).contains("There is no page at this address");
            assertThat(app.get("/.signalbox/Dockerfile").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void anAppWithoutDependenciesIsItsFilesOnABaseImage() throws InterruptedException {
        build("hello-node");
        assertThat(workshop.narration.lines())
                .contains("note: No dependencies to install")
                .filteredOn(line -> line.startsWith("begins: "))
                .containsExactly("begins: Copying the source");
    }

    private BuiltImage build(String starter) throws InterruptedException {
        return workshop.build(docker.name(starter), MapTree.in(Path.of("templates/starters", starter)));
    }
}
