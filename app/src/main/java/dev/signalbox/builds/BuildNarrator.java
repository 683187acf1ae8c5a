package dev.signalbox.builds;

import dev.signalbox.builds.BuildOutput.Ending;
import dev.signalbox.engine.BuildEvent;
import dev.signalbox.engine.BuildFailed;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells a build in words of ours: of a recipe the steps that have a title in its Dockerfile, of a person's own Dockerfile
 * all instructions; never what BuildKit does for itself.
 */
final class BuildNarrator implements Consumer<BuildEvent> {
    private static final int LAST_LINES = 20;
    private static final int LONGEST_NAME = 100;
    private static final Pattern INSTRUCTION = Pattern.compile("\\[[^\\]]*\\d+/\\d+] .*");
    private static final Pattern EXIT_CODE = Pattern.compile("exit code: (?<code>\\d+)");
    private static final Pattern BASE_IMAGE =
            Pattern.compile("\\[internal] load metadata for (docker\\.io/(library/)?)?(?<image>.+)");

    private final boolean titledOnly;
    private final Dockerfile dockerfile;
    private final BuildOutput output;
    private final Map<Integer, Deque<String>> printed = new HashMap<>();
    private BuildEvent.@Nullable StepFailed failed;

    BuildNarrator(BuildPlan plan, BuildOutput output) {
        this.titledOnly = !plan.hasOwnDockerfile();
        this.dockerfile = Dockerfile.parse(plan.dockerfile());
        this.output = output;
    }

    @Override
    public void accept(BuildEvent event) {
        switch (event) {
            case BuildEvent.StepStarted(int step, var name) -> {
                if (isTold(name)) output.stepStarted(step, name(name));
            }
            case BuildEvent.StepOutput(int step, var text) -> {
                var lines = printed.computeIfAbsent(step, ignored -> new ArrayDeque<>());
                if (lines.size() == LAST_LINES) lines.removeFirst();
                lines.addLast(text);
                output.line(step, text);
            }
            case BuildEvent.StepDone(int step, var name, boolean cached, var took) -> {
                if (isTold(name)) output.stepEnded(step, name(name), cached ? Ending.CACHED : Ending.DONE, took);
            }
            case BuildEvent.StepFailed failure -> {
                failed = failure;
                output.stepEnded(failure.step(), name(failure.name()), Ending.FAILED, Duration.ZERO);
            }
            case BuildEvent.Warning(var text) -> output.note(text);
        }
    }

    private boolean isTold(String name) {
        return INSTRUCTION.matcher(name).matches()
                && (!titledOnly || dockerfile.titleOf(name).isPresent());
    }

    private String name(String step) {
        var name = dockerfile.titleOf(step).orElse(step);
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    }

    /** The failure as a person should hear it. */
    BuildBroken explain(BuildFailed failure) {
        if (failed == null) return new BuildBroken(ofFile(failure.getMessage()), "", List.of(), failure);
        var lines = List.copyOf(printed.getOrDefault(failed.step(), new ArrayDeque<>()));
        var name = name(failed.name());
        return new BuildBroken(sentence(failed, name), name, lines, failure);
    }

    private static String ofFile(@Nullable String reason) {
        return "The image could not be built: " + PlainText.of(String.valueOf(reason)) + ".";
    }

    private static String sentence(BuildEvent.StepFailed failed, String name) {
        var base = BASE_IMAGE.matcher(failed.name());
        if (base.matches()) {
            return "The base image %s cannot be had: %s. Check its name; it has to be on this machine or in a registry that can be reached."
                    .formatted(PlainText.of(base.group("image")), PlainText.of(failed.error()));
        }
        var exit = EXIT_CODE.matcher(failed.error());
        if (!exit.find()) return "'" + PlainText.of(name) + "' failed: " + PlainText.of(failed.error()) + ".";
        return switch (exit.group("code")) {
            case "137" ->
                "'" + PlainText.of(name) + "' was killed (exit code 137), most likely because memory ran out.";
            case "127" -> "'" + PlainText.of(name) + "' failed: a command in it is not there (exit code 127).";
            default -> "'" + PlainText.of(name) + "' failed with exit code " + exit.group("code") + ".";
        };
    }
}
