package dev.signalbox.engine;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a container runs. The text of a Procfile is a shell line by convention; this is the one place where it becomes
 * one, and the shell is the app's own, inside its container.
 */
public record ContainerCommand(List<String> argv) {
    /** Several commands, or a first word that is the shell's own: {@code exec} would run the first alone, or nothing. */
    private static final Pattern NEEDS_THE_SHELL = Pattern.compile(
            "[;&|\n]|^\\s*(\\w+=|[({!]|\\.\\s|(cd|exec|export|eval|set|unset|source|if|for|while|until|case)\\b)");

    public ContainerCommand {
        argv = List.copyOf(argv);
    }

    /** One command takes the shell's place, so that signals reach it; what is more than that stays the shell's. */
    public static ContainerCommand shell(String line) {
        var command = NEEDS_THE_SHELL.matcher(line).find() ? line : "exec " + line;
        return new ContainerCommand(List.of("/bin/sh", "-c", command));
    }
}
