package dev.signalbox.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Tokens for the API and for git. */
@Command(
        name = "token",
        description = "Tokens for the API and for git.",
        subcommands = HelpCommand.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class TokenCommand {
    @ParentCommand
    private @Nullable Cli cli;

    @Command(
            description = "Makes a token and prints it, this once. It may all unless you say less.",
            mixinStandardHelpOptions = true)
    int create(
            @Option(names = "--name", required = true, paramLabel = "NAME", description = "What it is for.")
                    String name,
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            description = "viewer, member, admin or owner (owner when left out).")
                    @Nullable String role,
            @Option(
                            names = "--scope",
                            paramLabel = "SCOPE",
                            description = "What it may, such as deploy:write; more than once for more.")
                    @Nullable List<String> scopes,
            @Option(names = "--team", paramLabel = "TEAM", description = "Whose it is (the first team when left out).")
                    @Nullable String team,
            @Option(
                            names = "--hours",
                            paramLabel = "HOURS",
                            description = "It ends after so many (never when left out).")
                    @Nullable Integer hours) {
        var arguments = new LinkedHashMap<String, Object>();
        arguments.put("name", name);
        if (role != null) arguments.put("role", role);
        if (scopes != null) arguments.put("scopes", scopes);
        if (team != null) arguments.put("team", team);
        if (hours != null) arguments.put("hours", hours);
        var parent = Objects.requireNonNull(cli);
        parent.out()
                .println(parent.client()
                        .ask("token.create", arguments)
                        .path("token")
                        .asText());
        return Exit.DONE;
    }
}
