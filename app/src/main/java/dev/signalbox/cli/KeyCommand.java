package dev.signalbox.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParentCommand;

/** The master key, and how it is kept somewhere else too. */
@Command(
        name = "key",
        description = "The master key, and how it is kept somewhere else too.",
        subcommands = HelpCommand.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class KeyCommand {
    private static final int WORDS_A_LINE = 6;

    @ParentCommand
    private @Nullable Cli cli;

    @Command(description = "Makes the master key where there is none.", mixinStandardHelpOptions = true)
    int create() {
        host().createKey();
        return Exit.DONE;
    }

    @Command(description = "Prints the master key as words, to be kept on paper.", mixinStandardHelpOptions = true)
    int words() {
        var words = host().keyWords();
        for (int first = 0; first < words.size(); first += WORDS_A_LINE) {
            var end = Math.min(first + WORDS_A_LINE, words.size());
            parent().out().println(String.join(" ", words.subList(first, end)));
        }
        return Exit.DONE;
    }

    @Command(
            description = "Says that the words are kept away from this machine; the doctor then stops asking.",
            mixinStandardHelpOptions = true)
    int confirm() {
        host().confirmKit();
        return Exit.DONE;
    }

    @Command(
            description = "Puts the master key back from its words, which are read from standard input.",
            mixinStandardHelpOptions = true)
    int restore() {
        var words = new ArrayList<String>();
        for (var line : parent().lines()) {
            if (!line.startsWith("#") && !line.isBlank())
                words.addAll(List.of(line.strip().split("\\s+", -1)));
        }
        var file = host().restoreKey(words);
        parent().out()
                .println("The key is back in " + file + ". Start Signalbox: it says if it is another data's key.");
        return Exit.DONE;
    }

    private Host host() {
        return parent().host();
    }

    private Cli parent() {
        return Objects.requireNonNull(cli);
    }
}
