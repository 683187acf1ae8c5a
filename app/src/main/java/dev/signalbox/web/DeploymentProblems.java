package dev.signalbox.web;

import dev.signalbox.deploys.Asked;
import dev.signalbox.deploys.CancelOutcome;
import dev.signalbox.deploys.Deployment;
import dev.signalbox.projects.Workload;
import java.util.Objects;

/** What is said when there is nothing to deploy or to cancel, in the panel as in the API. */
final class DeploymentProblems {
    private DeploymentProblems() {}

    /** The deployment that came of asking; else why there is none. */
    static Deployment queued(Workload workload, Asked asked) {
        return switch (asked) {
            case Asked.Queued(var deployment) -> deployment;
            case Asked.NothingToDeploy() ->
                throw new Refusal(Problem.conflict(
                        "nothing_to_deploy",
                        workload.label()
                                + " has no release that was ever live. Push first, or the same commit again: git push signalbox "
                                + branch(workload)));
            case Asked.NoSuchRelease _ -> throw new Refusal(Problem.NOT_FOUND.about("release"));
            case Asked.ImageGone(var release) ->
                throw new Refusal(Problem.conflict(
                                "image_gone",
                                "The image of release " + release
                                        + " is no longer on this machine. Push its commit again to build it.")
                        .about("release"));
        };
    }

    static void requireCancelled(Deployment deployment, CancelOutcome outcome) {
        if (outcome == CancelOutcome.ALREADY_ENDED) {
            throw new Refusal(Problem.conflict(
                    "deployment_ended",
                    "Deployment " + deployment.number() + " has already ended, so there is nothing to cancel."));
        }
    }

    /** The branch whose pushes go to where this workload is. */
    static String branch(Workload workload) {
        return Objects.requireNonNullElse(workload.environment().branch(), "main");
    }
}
