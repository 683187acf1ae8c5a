package dev.signalbox.engine;

import java.util.List;

/**
 * What a container runs. The text of a Procfile is a shell line by convention; this is the one place where it becomes
 * one, and the shell is the app's own, inside its container.
 */
public record ContainerCommand(List<String> argv) {
    public ContainerCommand {
        argv = List.copyOf(argv);
    }

    public static ContainerCommand shell(String line) {
        return new ContainerCommand(List.of("/bin/sh", "-c", "exec " + line));
    }
}
