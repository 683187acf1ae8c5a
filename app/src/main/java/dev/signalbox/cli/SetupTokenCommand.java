package dev.signalbox.cli;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** The way in before there is anybody. */
@Command(
        name = "setup-token",
        description = "Prints the link by which the first owner is made; it is good for 30 minutes.",
        mixinStandardHelpOptions = true)
final class SetupTokenCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Cli cli;

    @Override
    public Integer call() {
        var parent = Objects.requireNonNull(cli);
        parent.out()
                .println(parent.client()
                        .ask("setup.token", Map.of())
                        .path("link")
                        .asText());
        return Exit.DONE;
    }
}
