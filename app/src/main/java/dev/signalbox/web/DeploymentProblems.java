package dev.signalbox.web;

import dev.signalbox.deploys.Asked;
import dev.signalbox.deploys.CancelOutcome;
import dev.signalbox.deploys.Deployment;
import dev.signalbox.projects.Workload;
import java.util.Optional;

/** What is said when there is nothing to deploy or to cancel, in the panel as in the API. */
final class DeploymentProblems {
    private DeploymentProblems() {}

    /** The deployment that came of asking; else a refusal that says why there is none. */
    static Deployment queued(Workload workload, Asked asked) {
        if (asked instanceof Asked.Queued(var deployment)) return deployment;
        throw new Refusal(of(workload, asked).orElseThrow());
    }

    /** Why no deployment came of asking; empty when one did. */
    static Optional<Problem> of(Workload workload, Asked asked) {
        return switch (asked) {
            case Asked.Queued _ -> Optional.empty();
            case Asked.NothingToDeploy() ->
                Optional.of(Problem.conflict(
                        "nothing_to_deploy",
                        workload.label()
                                + " has no release that was ever live. Push first, or the same commit again: "
                                + GitCommands.push(workload.environment())));
            case Asked.NoSuchRelease _ -> Optional.of(Problem.NOT_FOUND.about("release"));
            case Asked.ImageGone(var release) ->
                Optional.of(Problem.conflict(
                                "image_gone",
                                "The image of release " + release
                                        + " is no longer on this machine. Push its commit again to build it.")
                        .about("release"));
        };
    }

    /** Why it was not cancelled; empty when it was. */
    static Optional<Problem> of(Deployment deployment, CancelOutcome outcome) {
        if (outcome != CancelOutcome.ALREADY_ENDED) return Optional.empty();
        return Optional.of(Problem.conflict(
                "deployment_ended",
                "Deployment " + deployment.number() + " has already ended, so there is nothing to cancel."));
    }

    static void requireCancelled(Deployment deployment, CancelOutcome outcome) {
        of(deployment, outcome).ifPresent(problem -> {
            throw new Refusal(problem);
        });
    }
}
