package dev.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.engine.EngineExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Requests lost in ten pushes, and in a restart of the appliance, under fifty requests a second. */
class RequestsLostBench {
    private static final int PUSHES = 10;
    private static final int HELD_PUSHES = 5;

    @RegisterExtension
    static final EngineExtension DOCKER = new EngineExtension();

    @TempDir
    Path directory;

    @Test
    void requestsLost() throws Exception {
        try (var program = new Program(directory.resolve("data"), DOCKER)) {
            program.start();
            var git = new GitClient(directory.resolve("work"), program.token());
            push(program, git, "first");
            try (var traffic = new Traffic(program.httpPort(), "bench.localhost")) {
                for (int push = 1; push <= PUSHES; push++) push(program, git, "v" + push);
                traffic.stop();
                traffic.failures().forEach(System.out::println);
                Figures.row(
                        "requests lost in 10 pushes",
                        "%d of %,d".formatted(traffic.failures().size(), traffic.answered()));
            }
            heldPushes(program, git);
            try (var traffic = new Traffic(program.httpPort(), "bench.localhost")) {
                Await.until("requests flow", () -> traffic.answered() > 50);
                program.stop();
                var atRest = traffic.answered();
                Await.until("requests flow without us", () -> traffic.answered() > atRest + 100);
                program.start();
                Await.until("requests flow with us", () -> traffic.answered() > atRest + 200);
                traffic.stop();
                traffic.failures().forEach(System.out::println);
                Figures.row(
                        "requests lost in a restart of ours",
                        "%d of %,d".formatted(traffic.failures().size(), traffic.answered()));
            }
        }
    }

    private static void heldPushes(Program program, GitClient git) throws Exception {
        var set = program.api("PUT", "/projects/bench/services/bench/overlap", "{\"overlap\":false}");
        assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
        try (var traffic = new Traffic(program.httpPort(), "bench.localhost")) {
            for (int push = 1; push <= HELD_PUSHES; push++) push(program, git, "h" + push);
            traffic.stop();
            traffic.failures().forEach(System.out::println);
            Figures.row(
                    "requests lost in " + HELD_PUSHES + " pushes of a service that must not run twice",
                    "%d of %,d".formatted(traffic.failures().size(), traffic.answered()));
        }
    }

    private static void push(Program program, GitClient git, String version) throws Exception {
        var pushed = git.commit(Apps.node(version)).push(program.remote("bench", "bench"), "main");
        assertThat(pushed.exitCode()).as(pushed.text()).isZero();
    }
}
