package dev.signalbox.deploys;

import dev.signalbox.deploys.Probe.Answer;
import dev.signalbox.engine.ContainerId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after replicas while they run, each on a thread of its own so that none waits for another, and says which are not
 * well. What to do about it is for {@link Repairs} to decide.
 */
final class Vigil implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Vigil.class);

    private final Probe probe;
    private final DeploySettings settings;
    private final Runnable whenChanged;
    private final Map<ContainerId, Watcher> watchers = new HashMap<>();

    /**
     * Watches nothing yet.
     *
     * @param whenChanged is called when one has fallen ill, or is well again
     */
    Vigil(Probe probe, DeploySettings settings, Runnable whenChanged) {
        this.probe = probe;
        this.settings = settings;
        this.whenChanged = whenChanged;
    }

    /**
     * One replica that is to be well.
     *
     * @param port where it listens
     */
    record Patient(String deploymentId, Replica replica, int port) {
        HealthCheck check() {
            return replica.process().check();
        }
    }

    /** Of this deployment, watches exactly these from now on. Those that are new are taken to be well. */
    synchronized void keepTo(String deploymentId, Collection<Patient> patients) {
        var wanted = patients.stream()
                .filter(patient -> patient.check().kind() != HealthCheck.Kind.UP)
                .collect(Collectors.toMap(
                        patient -> patient.replica().container(), Function.identity(), (one, other) -> one));
        stopWhere(patient -> patient.deploymentId().equals(deploymentId) && !wanted.containsValue(patient));
        wanted.forEach((id, patient) -> watchers.computeIfAbsent(id, _ -> begin(patient)));
    }

    private Watcher begin(Patient patient) {
        var watcher = new Watcher(patient);
        watcher.thread.start();
        return watcher;
    }

    /** Watches nothing of other deployments any more. */
    synchronized void forgetAllBut(Set<String> deploymentIds) {
        stopWhere(patient -> !deploymentIds.contains(patient.deploymentId()));
    }

    private void stopWhere(Predicate<Patient> isOver) {
        watchers.values().removeIf(watcher -> {
            if (!isOver.test(watcher.patient)) return false;
            watcher.thread.interrupt();
            return true;
        });
    }

    boolean isWell(ContainerId container) {
        return watcher(container).map(Watcher::isWell).orElse(true);
    }

    /** Of these the one that fell ill last. */
    Optional<ContainerId> latestToFallIll(Collection<ContainerId> containers) {
        return containers.stream()
                .flatMap(id -> watcher(id).stream())
                .reduce((one, other) -> one.illSince() >= other.illSince() ? one : other)
                .map(watcher -> watcher.patient.replica().container());
    }

    /** It is started again: it has to prove itself, and gets the time for it. */
    void begunAnew(ContainerId container) {
        watcher(container).ifPresent(Watcher::beginAnew);
    }

    /** Whether it was started again so lately that it need not be well yet. */
    boolean isSettlingIn(ContainerId container) {
        return watcher(container).filter(Watcher::isSettlingIn).isPresent();
    }

    /** What is wrong with the replicas of this deployment, a sentence for each that is not well. */
    synchronized List<Ailment> ailments(String deploymentId) {
        return watchers.values().stream()
                .filter(watcher -> watcher.patient.deploymentId().equals(deploymentId) && !watcher.isWell())
                .map(Watcher::ailment)
                .toList();
    }

    /** @param why goes on after its label */
    record Ailment(ContainerId container, String label, boolean isRouted, String why) {}

    private synchronized Optional<Watcher> watcher(ContainerId container) {
        return Optional.ofNullable(watchers.get(container));
    }

    @Override
    public synchronized void close() {
        stopWhere(_ -> true);
    }

    /** One replica, as it is seen to be. */
    private final class Watcher {
        private final Patient patient;
        private final HealthCheck check;
        private final Thread thread;
        private boolean isWell = true;
        private int wrong;
        private String why = "";
        private long illSince;
        private boolean isAnew;
        private long anewSince;

        Watcher(Patient patient) {
            this.patient = patient;
            this.check = patient.check();
            this.thread = Thread.ofVirtual()
                    .name("health of " + patient.replica().label())
                    .unstarted(this::run);
        }

        private void run() {
            try {
                while (true) {
                    Thread.sleep(pause());
                    look();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** What is ill is looked at more often: it is missed. */
        private Duration pause() {
            var usual = check.every(settings.reconcileEvery());
            return isWell() || usual.compareTo(settings.reconcileEvery()) < 0
                    ? usual
                    : settings.reconcileEvery().dividedBy(5);
        }

        private void look() throws InterruptedException {
            var ill = illness();
            if (ill.isEmpty() ? recovered() : fellIll(ill.get())) whenChanged.run();
        }

        private Optional<String> illness() throws InterruptedException {
            var ip = patient.replica().ip();
            if (check.kind() == HealthCheck.Kind.TCP) {
                return Probe.accepts(ip, patient.port())
                        ? Optional.empty()
                        : Optional.of("accepts no connection on port " + patient.port());
            }
            var asked = "GET " + check.path();
            return switch (probe.ask(ip, patient.port(), check.path(), check.host(), check.answer())) {
                case Answer.Status(var code) when check.isGood(code) -> Optional.empty();
                case Answer.Status(var code) -> Optional.of("answers " + asked + " with " + code);
                case Answer.None _ -> Optional.of("does not answer " + asked);
            };
        }

        /** Whether that is news. */
        private synchronized boolean recovered() {
            wrong = 0;
            isAnew = false;
            if (isWell) return false;
            isWell = true;
            LOG.info("{} of {} is well again", patient.replica().label(), patient.deploymentId());
            return true;
        }

        private synchronized boolean fellIll(String sentence) {
            if (!isAnew) why = sentence;
            if (!isWell || ++wrong < check.triesBeforeUnwell()) return false;
            isWell = false;
            illSince = System.nanoTime();
            LOG.warn("{} of {} {}", patient.replica().label(), patient.deploymentId(), why);
            return true;
        }

        synchronized void beginAnew() {
            isWell = false;
            wrong = 0;
            isAnew = true;
            anewSince = System.nanoTime();
            why = "was started again and is not well yet";
        }

        synchronized boolean isSettlingIn() {
            var patience = check.start(settings.healthLimit()).toNanos();
            return isAnew && System.nanoTime() - anewSince < patience;
        }

        synchronized boolean isWell() {
            return isWell;
        }

        synchronized long illSince() {
            return illSince;
        }

        synchronized Ailment ailment() {
            var replica = patient.replica();
            return new Ailment(
                    replica.container(), replica.label(), replica.process().isRouted(), why);
        }
    }
}
