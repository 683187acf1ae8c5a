package dev.signalbox.deploys;

import dev.signalbox.engine.Container;
import dev.signalbox.engine.Engine;
import dev.signalbox.engine.EngineException;
import dev.signalbox.engine.Network;
import dev.signalbox.projects.Projects;
import dev.signalbox.routing.Routing;
import dev.signalbox.routing.RoutingException;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes Docker and the router match the database: what carries our label and is not wanted goes, what is wanted and
 * missing comes back. Volumes and images are never touched.
 */
final class Reconciler {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    private final Ledger ledger;
    private final Engine engine;
    private final Replicas replicas;
    private final Repairs repairs;
    private final Routing routing;
    private final Projects projects;

    Reconciler(Ledger ledger, Engine engine, Replicas replicas, Repairs repairs, Routing routing, Projects projects) {
        this.ledger = ledger;
        this.engine = engine;
        this.replicas = replicas;
        this.repairs = repairs;
        this.routing = routing;
        this.projects = projects;
    }

    /** Looks at everything once. */
    void pass() throws InterruptedException {
        routing.ensureProxy();
        // Docker first: what is written down before it is made is then never mistaken for a stranger.
        var present = replicas.all();
        var networks = replicas.networks();
        var desired = ledger.desired();
        removeStrangers(present, desired);
        for (var deployment : desired.serving()) mend(deployment, present);
        removeNetworks(networks);
        routing.retainOnly(Stream.concat(desired.serving().stream(), desired.underWay().stream())
                .map(Deployment::workloadId)
                .collect(Collectors.toSet()));
    }

    private void removeStrangers(List<Container> present, Ledger.Desired desired) {
        var wanted = new HashSet<String>();
        desired.serving().forEach(deployment -> wanted.add(deployment.id()));
        desired.underWay().forEach(deployment -> wanted.add(deployment.id()));
        desired.retiring().forEach(retirement -> wanted.add(retirement.deploymentId()));
        for (var container : present) {
            if (wanted.contains(container.labels().get(Replicas.DEPLOYMENT))) continue;
            LOG.info("Removing {}: no deployment wants it", container.name());
            engine.removeContainer(container.id());
        }
    }

    /** One service that cannot be mended must not keep the others from it. */
    private void mend(Deployment serving, List<Container> present) throws InterruptedException {
        try {
            repairs.mend(serving, present);
        } catch (EngineException | RoutingException | StepFailed e) {
            LOG.warn("#{} of {} could not be mended: {}", serving.number(), serving.serviceId(), e.getMessage());
        }
    }

    private void removeNetworks(List<Network> networks) {
        var environments = projects.environmentIds();
        for (var network : networks) {
            if (environments.contains(network.labels().get(Replicas.ENVIRONMENT))) continue;
            engine.removeNetwork(network.name());
        }
    }
}
