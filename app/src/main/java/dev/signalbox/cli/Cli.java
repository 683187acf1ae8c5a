package dev.signalbox.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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
            OwnerPasswordCommand.class,
            TokenCommand.class,
            StatusCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Cli {
    private final AdminClient client;
    private final PrintWriter out;

    private Cli(AdminClient client, PrintWriter out) {
        this.client = client;
        this.out = out;
    }

    /** Runs one command; returns what the process exits with. */
    public static int run(String[] arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        var output = new PrintWriter(out, true, StandardCharsets.UTF_8);
        var cli = new Cli(AdminClient.of(environment), output);
        return new CommandLine(cli)
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(false)
                .setAbbreviatedOptionsAllowed(false)
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setOut(output)
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((e, given) -> usage(e))
                .setExecutionExceptionHandler((e, command, parsed) -> failure(e, command))
                .execute(arguments);
    }

    AdminClient client() {
        return client;
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
        if (!(e instanceof CommandFailed failed)) throw new IllegalStateException(e);
        command.getErr().println("error: " + failed.getMessage());
        return failed.exit();
    }
}
