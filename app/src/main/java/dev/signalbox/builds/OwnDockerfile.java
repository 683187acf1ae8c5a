package dev.signalbox.builds;

import dev.signalbox.builds.Dockerfile.Directive;
import dev.signalbox.builds.Dockerfile.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Dockerfile that the repository brings, made fit for the builder that is in the engine.
 *
 * @param text what is sent
 * @param seen what was changed or should be known
 * @param bases the images it begins with, as far as it names them plainly
 */
record OwnDockerfile(String text, List<String> seen, List<String> bases) {
    static final String NAME = "Dockerfile";

    private static final Pattern STANDARD_FRONTEND =
            Pattern.compile("(docker\\.io/)?docker/dockerfile:1([.-][\\w.-]+)?(@sha256:[0-9a-f]{64})?");
    private static final Pattern SECRET_NAME =
            Pattern.compile(".*(SECRET|TOKEN|PASSWORD|PASSWD|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIAL).*");

    OwnDockerfile {
        seen = List.copyOf(seen);
        bases = List.copyOf(bases);
    }

    static OwnDockerfile of(String path, String text) {
        if (text.stripLeading().startsWith("{")) {
            throw BuildRefused.at(path, 1, "a Dockerfile begins with an instruction, not with '{'.");
        }
        var dockerfile = Dockerfile.parse(text);
        if (dockerfile.instructions().isEmpty()) throw BuildRefused.at(path, 1, "there are no instructions in it.");
        dockerfile.instructions().forEach(instruction -> requireMountsWithoutSession(path, instruction));

        var seen = new ArrayList<>(List.of("A Dockerfile is there and says how to build"));
        dockerfile.instructions().stream()
                .filter(instruction -> instruction.keyword().equals("ARG"))
                .map(instruction -> instruction.arguments().split("[=\\s]", 2)[0])
                .filter(name ->
                        SECRET_NAME.matcher(name.toUpperCase(Locale.ROOT)).matches())
                .forEach(name -> seen.add("ARG " + PlainText.of(name)
                        + ": its value would be stored in the image; use a variable of the service instead"));
        return new OwnDockerfile(withoutSyntax(path, text, dockerfile, seen), seen, BaseImages.of(path, dockerfile));
    }

    /**
     * The frontend that the engine brings is used. A comment that asks for the standard one is taken out; the line is
     * made up for behind the directives, so that BuildKit's line numbers stay those of the repository.
     */
    private static String withoutSyntax(String path, String text, Dockerfile dockerfile, List<String> seen) {
        var lines = new ArrayList<>(text.lines().toList());
        for (var directive : dockerfile.directives().reversed()) {
            if (!directive.name().equals("syntax")) continue;
            requireStandardFrontend(path, directive);
            lines.remove(directive.line() - 1);
            lines.add(dockerfile.directives().getLast().line() - 1, "");
            seen.add("'# syntax=" + PlainText.of(directive.value())
                    + "' is left out: the builder inside Docker is used");
        }
        return String.join("\n", lines) + "\n";
    }

    private static void requireStandardFrontend(String path, Directive directive) {
        if (STANDARD_FRONTEND.matcher(directive.value()).matches()) return;
        throw BuildRefused.at(
                path,
                directive.line(),
                "the frontend '" + PlainText.of(directive.value())
                        + "' is not allowed, since it would run as part of the builder. Use docker/dockerfile:1 or none.");
    }

    private static void requireMountsWithoutSession(String path, Instruction instruction) {
        var run = instruction.inner();
        if (!run.keyword().equals("RUN")) return;
        run.flags().stream()
                .filter(flag -> flag.startsWith("--mount="))
                .flatMap(flag -> Stream.of(flag.substring("--mount=".length()).split(",", -1)))
                .map(option -> option.replace("\"", "").strip().toLowerCase(Locale.ROOT))
                .filter(option -> option.equals("type=secret") || option.equals("type=ssh"))
                .findFirst()
                .ifPresent(option -> {
                    throw BuildRefused.at(
                            path,
                            instruction.line(),
                            "'--mount=" + option
                                    + "' cannot be used, since builds get no secrets and no SSH agent. Take the mount out and set what the app needs as a variable of the service.");
                });
    }
}
