package dev.signalbox.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;

/** The command line on the machine itself. */
@Command(
        name = "signalbox",
        description = "Runs your apps on this machine.",
        subcommands = {
            HelpCommand.class,
            SetupTokenCommand.class,
            OwnerCommand.class,
            OwnerPasswordCommand.class,
            TokenCommand.class,
            StatusCommand.class,
            DoctorCommand.class,
            KeyCommand.class,
            BackupDatabaseCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Cli {
    private final AdminClient client;
    private final Host host;
    private final InputStream in;
    private final PrintWriter out;

    private Cli(AdminClient client, Host host, InputStream in, PrintWriter out) {
        this.client = client;
        this.host = host;
        this.in = in;
        this.out = out;
    }

    /** Runs one command; returns what the process exits with. */
    public static int run(String[] arguments, Map<String, String> environment, Host host, Streams streams) {
        var output = new PrintWriter(streams.out(), true, StandardCharsets.UTF_8);
        var cli = new Cli(AdminClient.of(environment, host), host, streams.in(), output);
        return new CommandLine(cli)
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(false)
                .setAbbreviatedOptionsAllowed(false)
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setOut(output)
                .setErr(new PrintWriter(streams.err(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((e, given) -> usage(e))
                .setExecutionExceptionHandler((e, command, parsed) -> failure(e, command))
                .execute(arguments);
    }

    /** Where the process reads from and writes to. */
    public record Streams(InputStream in, PrintStream out, PrintStream err) {}

    AdminClient client() {
        return client;
    }

    Host host() {
        return host;
    }

    /** The first line of what is piped in; empty when that is nothing. */
    String firstLine() {
        return lines().stream().findFirst().orElse("");
    }

    List<String> lines() {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new CommandFailed(
                    Exit.FAILED, "What is piped in cannot be read (" + e.getMessage() + "). Nothing was done.");
        }
    }

    PrintWriter out() {
        return out;
    }

    private static int usage(CommandLine.ParameterException e) {
        var command = e.getCommandLine();
        command.getErr().println("error: " + e.getMessage());
        command.usage(command.getErr());
        return Exit.USAGE;
    }

    private static int failure(Exception e, CommandLine command) {
        return switch (e) {
            case CommandFailed failed -> {
                command.getErr().println("error: " + failed.getMessage());
                yield failed.exit();
            }
            case HostRefused refused -> {
                command.getErr().println("error: " + refused.getMessage());
                yield refused.isForbidden() ? Exit.NOT_ALLOWED : Exit.FAILED;
            }
            default -> throw new IllegalStateException(e);
        };
    }
}
