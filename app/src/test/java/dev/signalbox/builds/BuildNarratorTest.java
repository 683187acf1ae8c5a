package dev.signalbox.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.engine.BuildEvent.StepDone;
import dev.signalbox.engine.BuildEvent.StepFailed;
import dev.signalbox.engine.BuildEvent.StepOutput;
import dev.signalbox.engine.BuildEvent.StepStarted;
import dev.signalbox.engine.BuildFailed;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildNarratorTest {
    private static final Duration TOOK = Duration.ofSeconds(1);
    private static final String INSTALL =
            "[dependencies 2/2] RUN --mount=type=cache,id=signalbox-svc_1-npm,target=/root/.npm,sharing=locked npm ci --omit=dev";

    private final Narration narration = new Narration();

    @Test
    void tellsTheStepsOfARecipeByTheirTitles() {
        var narrator = ofRecipe();
        narrator.accept(new StepStarted(1, "[internal] load metadata for docker.io/library/node:24"));
        narrator.accept(new StepDone(1, "[internal] load metadata for docker.io/library/node:24", false, TOOK));
        narrator.accept(new StepDone(2, "[tools 1/2] FROM docker.io/library/node:24", true, TOOK));
        narrator.accept(new StepStarted(3, INSTALL));
        narrator.accept(new StepOutput(3, "added 3 packages"));
        narrator.accept(new StepDone(3, INSTALL, false, TOOK));
        narrator.accept(new StepDone(4, "[stage-2 5/5] COPY --chown=1000:1000 . /app", true, TOOK));
        narrator.accept(new StepDone(5, "exporting to image", false, TOOK));

        assertThat(narration.lines())
                .containsExactly(
                        "begins: Installing dependencies (npm ci --omit=dev)",
                        "  added 3 packages",
                        "DONE: Installing dependencies (npm ci --omit=dev)",
                        "CACHED: Copying the source");
    }

    @Test
    void tellsEveryInstructionOfAnOwnDockerfile() {
        var narrator = ofOwnDockerfile();
        narrator.accept(new StepDone(1, "[internal] load build definition from Dockerfile", false, TOOK));
        narrator.accept(new StepDone(2, "[1/2] FROM docker.io/library/debian", true, TOOK));
        narrator.accept(new StepStarted(3, "[2/2] RUN make " + "x".repeat(200)));

        assertThat(narration.lines())
                .containsExactly(
                        "CACHED: [1/2] FROM docker.io/library/debian",
                        "begins: [2/2] RUN make " + "x".repeat(84) + "…");
    }

    @Test
    void keepsTheLastLinesOfTheStepThatFailed() {
        var narrator = ofRecipe();
        narrator.accept(new StepOutput(2, "of another step"));
        IntStream.rangeClosed(1, 50).forEach(i -> narrator.accept(new StepOutput(3, "line " + i)));
        narrator.accept(new StepFailed(3, INSTALL, "executor failed running [/bin/sh -c npm ci]: exit code: 1"));

        var broken = narrator.explain(new BuildFailed("exit code: 1"));

        assertThat(broken).hasMessage("'Installing dependencies (npm ci --omit=dev)' failed with exit code 1.");
        assertThat(broken.step()).isEqualTo("Installing dependencies (npm ci --omit=dev)");
        assertThat(broken.lastLines()).hasSize(20).startsWith("line 31").endsWith("line 50");
        assertThat(narration.lines()).endsWith("FAILED: Installing dependencies (npm ci --omit=dev)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[2/3] RUN make | process \"/bin/sh -c make\" did not complete successfully: exit code: 137 | '[2/3] RUN make' was killed (exit code 137), most likely because memory ran out.",
                "[2/3] RUN make | executor failed running [/bin/sh -c make]: exit code: 127 | '[2/3] RUN make' failed: a command in it is not there (exit code 127).",
                "[2/3] COPY a /a | failed to compute cache key: \"/a\" not found: not found | '[2/3] COPY a /a' failed: failed to compute cache key: \"/a\" not found: not found.",
                "[internal] load metadata for docker.io/library/nope:1 | no such host | The base image nope:1 cannot be had: no such host. Check its name; it has to be on this machine or in a registry that can be reached.",
            })
    void saysInOneSentenceWhatFailed(String step, String error, String sentence) {
        var narrator = ofOwnDockerfile();
        narrator.accept(new StepFailed(1, step, error));
        assertThat(narrator.explain(new BuildFailed(error))).hasMessage(sentence);
    }

    @Test
    void aFailureWithoutAStepIsOfTheFileItself() {
        assertThat(ofOwnDockerfile()
                        .explain(new BuildFailed("dockerfile parse error line 2: unknown instruction: RUNN")))
                .hasMessage("The image could not be built: dockerfile parse error line 2: unknown instruction: RUNN.");
    }

    private BuildNarrator ofRecipe() {
        var tree = MapTree.of(
                "package.json", "{\"dependencies\": {\"a\": \"1\"}}", "package-lock.json", "{}", "server.js", "");
        return new BuildNarrator(Planner.plan("svc_1", new SourceFiles(tree)), narration);
    }

    private BuildNarrator ofOwnDockerfile() {
        var tree = MapTree.of("Dockerfile", "FROM debian\nRUN make\n");
        return new BuildNarrator(Planner.plan("svc_1", new SourceFiles(tree)), narration);
    }
}
