package dev.signalbox.deploys;

import dev.signalbox.builds.BuildBroken;
import dev.signalbox.builds.BuildRefused;
import dev.signalbox.engine.EngineException;
import dev.signalbox.routing.RoutingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What people are told of that which ended a deployment. */
final class FailureWords {
    private static final Logger LOG = LoggerFactory.getLogger(FailureWords.class);

    private FailureWords() {}

    static Failure failure(Throwable e) {
        return e instanceof StepFailed failed ? failed.failure() : Failure.OTHER;
    }

    static String sentence(Throwable e, Job job) {
        return switch (e) {
            case StepFailed why -> String.valueOf(why.getMessage());
            case BuildRefused why -> String.valueOf(why.getMessage());
            case BuildBroken why -> String.valueOf(why.getMessage());
            case RoutingException why -> String.valueOf(why.getMessage());
            case EngineException why -> String.valueOf(why.getMessage());
            default -> {
                LOG.error(
                        "Deployment #{} of {} failed",
                        job.deployment().number(),
                        job.workload().label(),
                        e);
                yield "Signalbox made a mistake; its journal says more.";
            }
        };
    }
}
