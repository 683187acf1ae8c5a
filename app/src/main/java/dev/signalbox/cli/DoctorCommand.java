package dev.signalbox.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** What is wrong with this machine, and what to do about it. */
@Command(
        name = "doctor",
        description = "Looks this machine over; exits with 1 when something is wrong.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Cli cli;

    @Override
    public Integer call() {
        var parent = Objects.requireNonNull(cli);
        var examination = parent.host().examine();
        parent.out().println(examination.text());
        return examination.isWell() ? Exit.DONE : Exit.FAILED;
    }
}
