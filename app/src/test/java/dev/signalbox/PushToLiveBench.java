package dev.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.engine.EngineExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * From {@code git push} until the new version answers, against the obvious way: a bare repository whose hook sends the
 * commit to the same builder with the same Dockerfile, runs a container and asks it until it answers.
 */
class PushToLiveBench {
    private static final int ROUNDS = 9;
    private static final String DOCKERFILE = """
            FROM node:24-slim
            WORKDIR /app
            ENV NODE_ENV=production PORT=8080
            COPY --chown=1000:1000 . .
            USER 1000:1000
            CMD ["node", "server.js"]
            """;

    @RegisterExtension
    static final EngineExtension DOCKER = new EngineExtension();

    @TempDir
    Path directory;

    @Test
    void pushToLive() throws Exception {
        try (var program = new Program(directory.resolve("data"), DOCKER)) {
            program.start();
            var git = new GitClient(directory.resolve("ours"), program.token());
            var bare = new BareHook(directory, DOCKER);
            var ours = new double[ROUNDS];
            var theirs = new double[ROUNDS];
            double firstOurs = ours(program, git, "first");
            double firstTheirs = bare.push("first");
            for (int round = 0; round < ROUNDS; round++) {
                ours[round] = ours(program, git, "v" + round);
                theirs[round] = bare.push("v" + round);
            }
            Figures.row(
                    "push to live, first",
                    "%.0f ms, hook %.0f ms, ratio %.2f".formatted(firstOurs, firstTheirs, firstOurs / firstTheirs));
            double mine = Figures.median(ours);
            double other = Figures.median(theirs);
            Figures.row(
                    "push to live, source only",
                    "%.0f ms, hook %.0f ms, ratio %.2f".formatted(mine, other, mine / other));
        }
    }

    /** The push goes on settling after people see the new version; it is waited for, but not measured. */
    private static double ours(Program program, GitClient git, String version) throws Exception {
        git.commit(Apps.node(version));
        var start = System.nanoTime();
        var pushing = git.startPush(program.remote("bench", "bench"), "main");
        Await.until(
                version + " is live",
                () -> program.ask("bench.localhost").body().equals(version));
        double millis = (System.nanoTime() - start) / 1e6;
        assertThat(GitClient.finish(pushing).exitCode()).isZero();
        return millis;
    }

    /** A bare repository with a hook, as one would write it in an evening. */
    private static final class BareHook {
        private final Path repository;
        private final GitClient git;

        BareHook(Path directory, EngineExtension docker) throws Exception {
            repository = directory.resolve("bare.git");
            git = new GitClient(directory.resolve("theirs"), "");
            assertThat(new ProcessBuilder("git", "init", "--quiet", "--bare", repository.toString())
                            .inheritIO()
                            .start()
                            .waitFor(10, TimeUnit.SECONDS))
                    .isTrue();
            var hook = repository.resolve("hooks/pre-receive");
            try (var script = PushToLiveBench.class.getResourceAsStream("/bare-hook")) {
                Files.write(hook, script.readAllBytes());
            }
            Files.writeString(repository.resolve("instance"), docker.instance());
            assertThat(hook.toFile().setExecutable(true)).isTrue();
        }

        double push(String version) throws Exception {
            Map<String, String> files = new HashMap<>(Apps.node(version));
            files.put("Dockerfile", DOCKERFILE);
            git.commit(files);
            return Figures.millis(() -> {
                var pushed = git.push(repository.toString(), "main");
                assertThat(pushed.exitCode()).as(pushed.text()).isZero();
                return pushed;
            });
        }
    }
}
