package dev.signalbox.deploys;

import dev.signalbox.engine.Container;
import dev.signalbox.engine.Engine;
import dev.signalbox.engine.EngineException;
import dev.signalbox.engine.Network;
import dev.signalbox.projects.Projects;
import dev.signalbox.routing.Routing;
import dev.signalbox.routing.RoutingException;
import dev.signalbox.space.Level;
import dev.signalbox.space.Space;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes Docker and the router match the database: what carries our label and is not wanted goes, what is wanted and
 * missing comes back. What failed lately stays, stopped. Volumes and images are not its affair.
 */
final class Reconciler {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    private final Ledger ledger;
    private final Engine engine;
    private final Replicas replicas;
    private final Repairs repairs;
    private final Routing routing;
    private final Projects projects;
    private final Space space;

    Reconciler(
            Ledger ledger,
            Engine engine,
            Replicas replicas,
            Repairs repairs,
            Routing routing,
            Projects projects,
            Space space) {
        this.ledger = ledger;
        this.engine = engine;
        this.replicas = replicas;
        this.repairs = repairs;
        this.routing = routing;
        this.projects = projects;
        this.space = space;
    }

    /**
     * Looks at everything once. What cannot be put right keeps nothing else from it; without Docker, nothing can be.
     *
     * @throws RoutingException when the proxy does not run
     * @throws EngineException when Docker is away
     */
    void pass() throws InterruptedException {
        var proxyTrouble = ensureProxy();
        // Docker first: what is written down before it is made is then never mistaken for a stranger.
        var present = replicas.all();
        var networks = replicas.networks();
        var environments = projects.environmentIds();
        var desired = ledger.desired();
        repairs.forgetAllBut(desired.serving());
        // A route leaves a container before the container leaves: its address may be another's soon.
        keepRoutes(desired);
        for (var deployment : desired.serving()) mend(deployment, present);
        var evidence = space.level().isAtLeast(Level.TIGHT) ? Set.<String>of() : ledger.evidence();
        for (var container : strangers(present, desired)) {
            if (evidence.contains(container.labels().get(Replicas.DEPLOYMENT))) rest(container);
            else remove(container);
        }
        for (var network : networks) {
            if (!environments.contains(network.labels().get(Replicas.ENVIRONMENT))) remove(network);
        }
        if (proxyTrouble.isPresent()) throw proxyTrouble.get();
    }

    private Optional<RoutingException> ensureProxy() throws InterruptedException {
        try {
            routing.ensureProxy();
            return Optional.empty();
        } catch (RoutingException e) {
            requireNotInterrupted();
            return Optional.of(e);
        }
    }

    private void keepRoutes(Ledger.Desired desired) {
        routing.retainOnly(Stream.concat(desired.serving().stream(), desired.underWay().stream())
                .map(Deployment::workloadId)
                .collect(Collectors.toSet()));
    }

    private void mend(Deployment serving, List<Container> present) throws InterruptedException {
        try {
            repairs.mend(serving, present);
        } catch (RuntimeException e) {
            requireNotInterrupted();
            var isDeleted = ledger.find(serving.id()).isEmpty();
            if (!isDeleted) complain(serving, e);
        }
    }

    private static void complain(Deployment serving, RuntimeException e) {
        switch (e) {
            case EngineException why -> complain(serving, why.getMessage());
            case RoutingException why -> complain(serving, why.getMessage());
            case StepFailed why -> complain(serving, why.getMessage());
            default -> LOG.error("#{} of {} could not be mended", serving.number(), serving.serviceId(), e);
        }
    }

    private static void complain(Deployment serving, @Nullable String why) {
        LOG.warn("#{} of {} could not be mended: {}", serving.number(), serving.serviceId(), why);
    }

    private static List<Container> strangers(List<Container> present, Ledger.Desired desired) {
        var wanted = new HashSet<String>();
        desired.serving().forEach(deployment -> wanted.add(deployment.id()));
        desired.underWay().forEach(deployment -> wanted.add(deployment.id()));
        desired.retiring().forEach(retirement -> wanted.add(retirement.deploymentId()));
        return present.stream()
                .filter(container -> !wanted.contains(container.labels().get(Replicas.DEPLOYMENT)))
                .toList();
    }

    /** What failed may be looked at, and does nothing. */
    private void rest(Container container) throws InterruptedException {
        if (container.isRunning()) attempt(container.name(), () -> engine.stopContainer(container.id(), Duration.ZERO));
    }

    private void remove(Container stranger) throws InterruptedException {
        LOG.info("Removing {}: no deployment wants it", stranger.name());
        attempt(stranger.name(), () -> engine.removeContainer(stranger.id()));
    }

    private void remove(Network network) throws InterruptedException {
        LOG.info("Removing {}: its environment was deleted", network.name());
        attempt(network.name(), () -> engine.removeNetwork(network.name()));
    }

    private static void attempt(String name, Runnable removal) throws InterruptedException {
        try {
            removal.run();
        } catch (EngineException e) {
            requireNotInterrupted();
            LOG.warn("{} could not be removed: {}", name, e.getMessage());
        }
    }

    /** What is interrupted fails in many ways. */
    private static void requireNotInterrupted() throws InterruptedException {
        if (Thread.interrupted()) throw new InterruptedException();
    }
}
