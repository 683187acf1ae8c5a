package dev.signalbox.deploys;

import dev.signalbox.deploys.Vigil.Ailment;
import dev.signalbox.deploys.Vigil.Patient;
import dev.signalbox.engine.ContainerId;
import dev.signalbox.engine.EngineException;
import dev.signalbox.projects.Workload;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps replicas that are not well away from requests and has them started again. The last one is spared: an answer that is
 * not good is better than none.
 */
final class Healing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Healing.class);

    private final Vigil vigil;
    private final Replicas replicas;
    /** By the id of the deployment, the one that gets requests though it is not well. */
    private final Map<String, ContainerId> lastResorts = new ConcurrentHashMap<>();

    private final Set<ContainerId> stopping = ConcurrentHashMap.newKeySet();
    private final ExecutorService stops = Executors.newVirtualThreadPerTaskExecutor();

    Healing(Vigil vigil, Replicas replicas) {
        this.vigil = vigil;
        this.replicas = replicas;
    }

    /** Watches these of a deployment that serves. */
    void watch(Deployment serving, Release release, List<Replica> all) {
        vigil.keepTo(
                serving.id(),
                all.stream()
                        .map(replica -> new Patient(serving.id(), replica, release.port()))
                        .toList());
    }

    void forgetAllBut(Set<String> deploymentIds) {
        vigil.forgetAllBut(deploymentIds);
        lastResorts.keySet().retainAll(deploymentIds);
    }

    /** Which of those that accept connections get requests: all that are well, else the one that fell ill last. */
    List<Replica> fit(Deployment serving, List<Replica> accepting) {
        var well = accepting.stream()
                .filter(replica -> vigil.isWell(replica.container()))
                .toList();
        if (!well.isEmpty() || accepting.isEmpty()) {
            lastResorts.remove(serving.id());
            return well;
        }
        var last = vigil.latestToFallIll(
                        accepting.stream().map(Replica::container).toList())
                .orElseThrow();
        lastResorts.put(serving.id(), last);
        return accepting.stream()
                .filter(replica -> replica.container().equals(last))
                .toList();
    }

    /** Which of these are to be started again. */
    List<Replica> toRestart(Deployment serving, List<Replica> running) {
        return running.stream()
                .filter(replica -> !vigil.isWell(replica.container()) && !vigil.isSettlingIn(replica.container()))
                .filter(replica -> !replica.container().equals(lastResorts.get(serving.id())))
                .filter(replica -> !stopping.contains(replica.container()))
                .toList();
    }

    /** Ends it, in time of its own; what has ended is started again by whoever looks next. */
    void stop(Deployment serving, Replica ill) {
        var id = ill.container();
        if (!stopping.add(id)) return;
        LOG.info("{} of #{} of {} is not well; starting it again", ill.label(), serving.number(), serving.serviceId());
        vigil.begunAnew(id);
        stops.execute(() -> {
            try {
                replicas.halt(id);
            } catch (EngineException e) {
                LOG.warn("{} could not be stopped, and stays as it is: {}", ill.label(), e.getMessage());
            } finally {
                stopping.remove(id);
            }
        });
    }

    /** Whether we end it ourselves, so that it did not fall. */
    boolean isStopping(ContainerId container) {
        return stopping.contains(container) || replicas.isHalted(container);
    }

    @Override
    public void close() {
        vigil.close();
        stops.shutdownNow();
    }

    /** For people: what is not well, and what is done about it. */
    List<String> notices(Workload workload) {
        var deploymentId = workload.deploymentId();
        if (deploymentId == null) return List.of();
        var last = lastResorts.get(deploymentId);
        return vigil.ailments(deploymentId).stream()
                .sorted((one, other) -> one.label().compareTo(other.label()))
                .map(ailment -> notice(ailment, ailment.container().equals(last)))
                .toList();
    }

    private static String notice(Ailment ailment, boolean isLast) {
        var what = ailment.label() + " " + ailment.why() + ". ";
        if (isLast) {
            return what + "It still gets requests, since no other replica is well. Its log may say why.";
        }
        var away = ailment.isRouted() ? "It gets no requests, and is" : "It is";
        return what + away + " started again until it is well.";
    }
}
