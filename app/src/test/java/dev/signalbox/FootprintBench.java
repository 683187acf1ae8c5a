package dev.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.engine.EngineExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** How soon the process answers, and how much memory it keeps: with five apps, five visits, sixty idle seconds. */
class FootprintBench {
    private static final int STARTS = 7;
    private static final long IDLE_SECONDS = 60;
    private static final List<String> VISITS = List.of(
            "/projects",
            "/projects/app1/environments/production",
            "/projects/app2/environments/production/services/app2",
            "/projects/app3/environments/production/services/app3/deployments/1",
            "/audit");

    @RegisterExtension
    static final EngineExtension DOCKER = new EngineExtension();

    @TempDir
    Path directory;

    @Test
    void startAndMemory() throws Exception {
        try (var program = new Program(directory.resolve("data"), DOCKER)) {
            program.start();
            for (int app = 1; app <= 5; app++) {
                var git = new GitClient(directory.resolve("app" + app), program.token()).commit(Apps.node("one"));
                var pushed = git.push(program.remote("app" + app, "app" + app), "main");
                assertThat(pushed.exitCode()).as(pushed.text()).isZero();
            }
            var starts = new double[STARTS];
            for (int start = 0; start < STARTS; start++) {
                program.stop();
                starts[start] = Figures.millis(program.start());
            }
            Figures.row("process start to first answer", "%.0f ms".formatted(Figures.median(starts)));
            for (var path : VISITS) {
                assertThat(program.page(path).statusCode()).as(path).isEqualTo(200);
            }
            assertThat(program.process().waitFor(IDLE_SECONDS, TimeUnit.SECONDS))
                    .isFalse();
            Figures.row(
                    "idle memory, five apps",
                    "RssAnon %d MB, VmRSS %d MB".formatted(program.memory("RssAnon"), program.memory("VmRSS")));
        }
    }
}
