package dev.signalbox.cli;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** The way in for an owner who forgot the password. */
@Command(
        name = "owner-password",
        description = "Gives the owner a new password, signs them out everywhere, and prints it, this once.",
        mixinStandardHelpOptions = true)
final class OwnerPasswordCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Cli cli;

    @Override
    public Integer call() {
        var parent = Objects.requireNonNull(cli);
        parent.out()
                .println(parent.client()
                        .ask("owner.password", Map.of())
                        .path("password")
                        .asText());
        return Exit.DONE;
    }
}
