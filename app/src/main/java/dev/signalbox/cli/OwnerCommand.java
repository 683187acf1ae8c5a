package dev.signalbox.cli;

import java.util.LinkedHashMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The first owner, made without a browser. */
@Command(
        name = "owner",
        description = "The first owner, made without a browser.",
        subcommands = HelpCommand.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class OwnerCommand {
    @ParentCommand
    private @Nullable Cli cli;

    @Command(
            description = "Makes the first owner with a random password and prints that, this once.",
            mixinStandardHelpOptions = true)
    int create(
            @Option(names = "--email", required = true, paramLabel = "EMAIL", description = "What they sign in with.")
                    String email,
            @Option(names = "--name", paramLabel = "NAME", description = "Who they are (Owner when left out).")
                    @Nullable String name,
            @Option(
                            names = "--team",
                            paramLabel = "TEAM",
                            description = "What the team is called (Team when left out).")
                    @Nullable String team,
            @Option(
                            names = "--password-stdin",
                            description = "The password is the first line of standard input; nothing is printed.")
                    boolean passwordGiven) {
        var parent = Objects.requireNonNull(cli);
        var arguments = new LinkedHashMap<String, Object>();
        arguments.put("email", email);
        if (name != null) arguments.put("name", name);
        if (team != null) arguments.put("team", team);
        if (passwordGiven) arguments.put("password", parent.firstLine());
        var made = parent.client().ask("owner.create", arguments);
        if (!passwordGiven) parent.out().println(made.path("password").asText());
        return Exit.DONE;
    }
}
