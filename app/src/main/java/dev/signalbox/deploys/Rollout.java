package dev.signalbox.deploys;

import dev.signalbox.deploys.Release.ProcessType;
import dev.signalbox.deploys.Switchover.Former;
import dev.signalbox.engine.Container;
import dev.signalbox.engine.Engine;
import dev.signalbox.engine.Engine.Stream;
import dev.signalbox.engine.EngineException;
import dev.signalbox.projects.Workload;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** The acts of a deployment from image to traffic, each of which may be repeated, and how to take them back. */
final class Rollout {
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Engine engine;
    private final Replicas replicas;
    private final Health health;
    private final Postmortem postmortem;
    private final Switchover switchover;
    private final Ledger ledger;
    private final DeploySettings settings;
    private final Map<String, ReentrantLock> switches = new ConcurrentHashMap<>();

    Rollout(
            Engine engine,
            Replicas replicas,
            Health health,
            Postmortem postmortem,
            Switchover switchover,
            Ledger ledger,
            DeploySettings settings) {
        this.engine = engine;
        this.replicas = replicas;
        this.health = health;
        this.postmortem = postmortem;
        this.switchover = switchover;
        this.ledger = ledger;
        this.settings = settings;
    }

    /** New replicas, and what they print until they are good. */
    final class Fresh implements AutoCloseable {
        private final List<Replica> started;
        private final List<Stream> streams;

        private Fresh(List<Replica> started, List<Stream> streams) {
            this.started = started;
            this.streams = streams;
        }

        List<Replica> replicas() {
            return started;
        }

        void keepRunning() {
            replicas.keepRunning(started);
        }

        /** What ended has said its last words when this returns. */
        private void hearOut() throws InterruptedException {
            for (var stream : streams) stream.awaitEnd(LAST_WORDS);
        }

        @Override
        public void close() {
            streams.forEach(Stream::close);
        }
    }

    /** Runs the release command in a container of the new image, and says how long it took. */
    String prepare(Job job, Release release, ProcessType process) throws InterruptedException {
        job.log().line("Release  " + process.command());
        var start = System.nanoTime();
        return Act.within(
                settings.releaseLimit(),
                "The release command ran longer than " + Took.of(settings.releaseLimit()) + " and was stopped.",
                () -> {
                    var container = replicas.startPreparation(job.workload(), job.deployment(), release, process);
                    try (var stream =
                            engine.follow(container, null, line -> job.log().output("  " + line.text()))) {
                        var ended = awaitExit(container.value());
                        stream.awaitEnd(LAST_WORDS);
                        if (ended.exitCode() != 0) {
                            throw new StepFailed(
                                    "The release command ended with exit code " + ended.exitCode() + ".",
                                    new Failure(Failure.Kind.ENDED, ended.exitCode()));
                        }
                        engine.removeContainer(container);
                    }
                    return "ended well after " + Took.since(start);
                });
    }

    private Container awaitExit(String container) throws InterruptedException {
        while (true) {
            var now = engine.findContainer(container)
                    .orElseThrow(() -> new StepFailed("The release command's container was removed from outside."));
            if (now.state() == Container.State.EXITED || now.state() == Container.State.DEAD) return now;
            Thread.sleep(PAUSE);
        }
    }

    Fresh start(Job job, Release release) {
        job.log().line("Start    " + processes(release));
        var started = replicas.start(job.workload(), job.deployment(), release);
        var streams = started.stream()
                .map(replica -> engine.follow(
                        replica.container(),
                        null,
                        line -> job.log().output("  " + replica.label() + " | " + line.text())))
                .toList();
        return new Fresh(started, streams);
    }

    private static String processes(Release release) {
        var names = release.running().stream()
                .map(process -> process.replicas() == 1 ? process.name() : process.name() + " x " + process.replicas())
                .toList();
        return names.isEmpty() ? "no process" : String.join(", ", names);
    }

    String check(Job job, Release release, Fresh fresh) throws InterruptedException {
        job.log().line("Check    waiting " + awaited(release) + ", for at most " + Took.of(longest(release)));
        var said = health.await(release, fresh.replicas());
        job.log().line("         " + said);
        return said;
    }

    private Duration longest(Release release) {
        return release.running().stream()
                .map(process -> process.check().start(settings.healthLimit()))
                .max(Comparator.naturalOrder())
                .orElse(settings.healthLimit());
    }

    /** While this runs, nobody else changes where requests for this workload go. */
    <T> T exclusively(Workload workload, Act<T> act) throws InterruptedException {
        while (true) {
            var lock = switches.computeIfAbsent(workload.id(), id -> new ReentrantLock());
            lock.lockInterruptibly();
            try {
                // One that was forgotten just before it was taken keeps nobody out.
                if (lock.equals(switches.get(workload.id()))) return act.take();
            } finally {
                lock.unlock();
            }
        }
    }

    /** The same, for acts that may as well be left to the one who switches. */
    void unlessSwitching(String workloadId, Act<Boolean> act) throws InterruptedException {
        var lock = switches.computeIfAbsent(workloadId, id -> new ReentrantLock());
        if (!lock.tryLock()) return;
        try {
            if (lock.equals(switches.get(workloadId))) act.take();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody switches what is no more. */
    void forgetAllBut(Set<String> workloadIds) {
        for (var id : switches.keySet()) {
            if (!workloadIds.contains(id)) switches.computeIfPresent(id, (_, lock) -> lock.isLocked() ? lock : null);
        }
    }

    String route(Job job, Release release, Fresh fresh) throws InterruptedException {
        var start = System.nanoTime();
        switchover.routeTo(job, release, fresh.replicas());
        var said = release.isRouted() ? "switched in " + Took.since(start) : "no process takes requests";
        job.log().line("Route    " + said);
        return said;
    }

    /** What a check waits for; goes on with "waiting". */
    static String awaited(Release release) {
        return release.isRouted() ? "for an answer on port " + release.port() : "to see whether it stays up";
    }

    String settle(Job job, Fresh fresh) throws InterruptedException {
        var said = switchover.settle(job, fresh.replicas());
        job.log().line("Settle   " + said);
        return said;
    }

    /** The reason behind a failure: a process that ended is why it does not answer. */
    StepFailed explain(Fresh fresh, StepFailed failure) throws InterruptedException {
        fresh.hearOut();
        return fresh.replicas().stream()
                .flatMap(replica -> reasonOf(replica).stream())
                .findFirst()
                .orElse(failure);
    }

    private Optional<StepFailed> reasonOf(Replica replica) {
        try {
            return replicas.find(replica).flatMap(container -> postmortem.of(replica, container));
        } catch (EngineException e) {
            // Docker is away; then the failure itself has to do.
            return Optional.empty();
        }
    }

    /** How this takes the place of what must stop before; empty where both may run for a while, or nothing serves. */
    Optional<HeldSwitch> inPlaceOf(Job job, Optional<Deployment> before) {
        if (job.workload().service().overlap() || before.isEmpty()) return Optional.empty();
        return ledger.releaseOf(before.get())
                .map(release ->
                        new HeldSwitch(job, before.get(), release, replicas, health, switchover, ledger, settings));
    }

    Former former(Workload workload, Optional<Deployment> before) {
        return switchover.former(workload, before, before.flatMap(ledger::releaseOf));
    }

    void putBack(Job job, Former former) throws InterruptedException {
        if (ledger.find(job.deployment().id()).isPresent()) switchover.putBack(former);
        else switchover.forget(job.workload());
    }

    void remove(Deployment deployment) {
        replicas.remove(deployment);
    }

    /** Its containers do nothing more, and stay for a look at why it failed. */
    void rest(Deployment deployment) {
        replicas.rest(deployment);
    }
}
