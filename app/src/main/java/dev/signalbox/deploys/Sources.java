package dev.signalbox.deploys;

import dev.signalbox.builds.SourceTree;
import java.util.Optional;

/** The repositories, as far as deployments need them. */
public interface Sources {
    SourceTree tree(String serviceId, String commit);

    /** Why this deployment may not run now that its turn has come; empty when it may. */
    Optional<String> refusal(Deployment deployment);

    /** Moves the deployment's ref to its commit; called once it is live, and again after a restart. */
    void becameLive(Deployment deployment);
}
