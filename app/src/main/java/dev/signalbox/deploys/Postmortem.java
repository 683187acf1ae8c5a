package dev.signalbox.deploys;

import dev.signalbox.deploys.Failure.Kind;
import dev.signalbox.engine.Container;
import dev.signalbox.engine.Engine;
import dev.signalbox.engine.EngineEvent.Died;
import dev.signalbox.engine.EngineException;
import dev.signalbox.logs.TerminalText;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says of a container that should have stayed up how it ended. */
final class Postmortem {
    private static final int SIGNALLED = 128;
    private static final int NO_SUCH_COMMAND = 127;
    private static final String NO_SHELL = "exec /bin/sh failed";
    private static final int LAST_LINES = 5;
    private static final int SEARCHED_LINES = 50;
    private static final int QUOTED_LINES = 2;
    private static final int LONGEST_QUOTE = 160;
    /** What stands below the reason of a crash, and says little without its code at hand. */
    private static final Pattern FRAME =
            Pattern.compile("at .*[):\\d]|Node\\.js v[0-9.]+|\\.\\.\\. \\d+ more|[\\[\\]{}()^~ ,;]+");

    private final Engine engine;

    Postmortem(Engine engine) {
        this.engine = engine;
    }

    /** How it ended; empty when it has not. */
    Optional<StepFailed> of(Replica replica, Container container) {
        return switch (container.state()) {
            case EXITED, DEAD -> Optional.of(ended(replica, container));
            case CREATED, RUNNING, PAUSED, RESTARTING -> Optional.empty();
        };
    }

    /** How one ended that may run again by now. */
    Crash fell(Replica replica, Container container, Died died, boolean hadNoMemory) {
        var began = container.startedAt();
        var ended = new Container(
                container.id(),
                container.name(),
                Container.State.EXITED,
                container.image(),
                container.labels(),
                container.ip(),
                died.exitCode(),
                hadNoMemory || container.outOfMemory(),
                began != null && began.isBefore(died.at()) ? began : null,
                died.at());
        return new Crash(died.at(), replica.label(), sentence(replica, ended), failure(ended));
    }

    private StepFailed ended(Replica replica, Container container) {
        return new StepFailed(sentence(replica, container), failure(container));
    }

    private String sentence(Replica replica, Container container) {
        return replica.label() + " " + howItEnded(replica, container);
    }

    private static Failure failure(Container container) {
        return new Failure(container.outOfMemory() ? Kind.OUT_OF_MEMORY : Kind.ENDED, container.exitCode());
    }

    private String howItEnded(Replica replica, Container container) {
        int code = container.exitCode();
        if (container.outOfMemory()) {
            return "was killed: it needed more than its " + replica.process().memoryMegabytes()
                    + " MB of memory. Give it more, or let it use less.";
        }
        if (code == NO_SUCH_COMMAND && replica.process().command() != null && lacksShell(container)) {
            return "cannot run: the image has no /bin/sh, which runs the command of a Procfile. Put a shell into the"
                    + " image, or take the Procfile away so that the image's own command runs.";
        }
        if (code > SIGNALLED) {
            return "was ended by signal " + (code - SIGNALLED) + " (exit code " + code + ")" + after(container) + ". "
                    + lastWords(container);
        }
        return "ended by itself with exit code " + code + after(container) + ". " + lastWords(container);
    }

    private String lastWords(Container container) {
        try {
            return quote(container);
        } catch (EngineException e) {
            // Somebody is just removing it.
            return "What it printed cannot be read any more.";
        }
    }

    private String quote(Container container) {
        var lines = engine.tail(container.id(), SEARCHED_LINES).stream()
                .map(line -> TerminalText.plain(line.text()).strip())
                .filter(line -> !line.isEmpty() && !FRAME.matcher(line).matches())
                .map(line -> line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "...")
                // One that was started twice says everything twice.
                .distinct()
                .toList();
        if (lines.isEmpty()) return "It printed nothing.";
        return lines.subList(Math.max(0, lines.size() - QUOTED_LINES), lines.size()).stream()
                .collect(Collectors.joining("\", \"", "Its last words: \"", "\"."));
    }

    private boolean lacksShell(Container container) {
        return engine.tail(container.id(), LAST_LINES).stream()
                .anyMatch(line -> line.text().contains(NO_SHELL));
    }

    private static String after(Container container) {
        if (container.startedAt() == null || container.finishedAt() == null) return "";
        var lived = Duration.between(container.startedAt(), container.finishedAt());
        // By Docker's account, what failed at once ended before it began.
        return ", " + Took.of(lived.isNegative() ? Duration.ZERO : lived) + " after it started";
    }
}
