package dev.signalbox.deploys;

import dev.signalbox.engine.Container;
import dev.signalbox.engine.Engine;
import java.time.Duration;
import java.util.Optional;

/** Says of a container that should have stayed up how it ended. */
final class Postmortem {
    private static final int SIGNALLED = 128;
    private static final int NO_SUCH_COMMAND = 127;
    private static final String NO_SHELL = "exec /bin/sh failed";
    private static final int LAST_LINES = 5;

    private final Engine engine;

    Postmortem(Engine engine) {
        this.engine = engine;
    }

    /** How it ended, in a sentence for people; empty when it has not ended. */
    Optional<String> of(Replica replica, Container container) {
        return switch (container.state()) {
            case EXITED, DEAD -> Optional.of(replica.label() + " " + howItEnded(replica, container));
            case CREATED, RUNNING, PAUSED, RESTARTING -> Optional.empty();
        };
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
            return "was ended by signal " + (code - SIGNALLED) + " (exit code " + code + ")" + after(container)
                    + ". Its last lines may say why.";
        }
        return "ended by itself with exit code " + code + after(container) + ". Its last lines say why.";
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
