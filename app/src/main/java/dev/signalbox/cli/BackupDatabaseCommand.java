package dev.signalbox.cli;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The copy that an upgrade can go back to. */
@Command(
        name = "backup-database",
        description = "Copies the database to a new file, whether Signalbox runs or not.",
        mixinStandardHelpOptions = true)
final class BackupDatabaseCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Cli cli;

    @Parameters(paramLabel = "FILE", description = "Where to; it must not be there yet.")
    private @Nullable Path file;

    @Override
    public Integer call() {
        Objects.requireNonNull(cli).host().backUpDatabase(Objects.requireNonNull(file));
        return Exit.DONE;
    }
}
