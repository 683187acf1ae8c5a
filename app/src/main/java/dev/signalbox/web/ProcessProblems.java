package dev.signalbox.web;

import dev.signalbox.deploys.Processes.Outcome;
import java.util.Optional;

/** What is said when a process cannot be as somebody wants it, in the panel as in the API. */
final class ProcessProblems {
    private ProcessProblems() {}

    /** Empty when it is, or will be. */
    private static Optional<Problem> of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Unchanged _, Outcome.Kept _, Outcome.Deploying _ -> Optional.empty();
            case Outcome.InTheWay(var rollback) ->
                Optional.of(Problem.conflict(
                        "rollback_waits",
                        "#" + rollback.number() + " waits to go back to release #" + rollback.release()
                                + ", and this would overtake it. Nothing was changed. Try again when it is live."));
            case Outcome.ImageGone(var release) ->
                Optional.of(Problem.conflict(
                                "image_gone",
                                "It is set, and what serves stays as it is: the image of release " + release
                                        + " is no longer on this machine. The next push brings it.")
                        .about("release"));
        };
    }

    static void require(Outcome outcome) {
        of(outcome).ifPresent(problem -> {
            throw new Refusal(problem);
        });
    }
}
