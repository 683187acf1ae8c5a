package dev.signalbox.deploys;

import dev.signalbox.deploys.Failure.Kind;
import dev.signalbox.deploys.Probe.Answer;
import dev.signalbox.engine.Engine;
import dev.signalbox.engine.Listener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Watches new replicas until all of them are good, or says of one why it is not: it must answer over HTTP, accept
 * connections, or stay up for a while.
 */
final class Health {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);
    /** A container is looked at less often than it is asked, for that takes longer. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final Engine engine;
    private final Replicas replicas;
    private final Postmortem postmortem;
    private final Probe probe;
    private final DeploySettings settings;

    Health(Engine engine, Replicas replicas, Postmortem postmortem, Probe probe, DeploySettings settings) {
        this.engine = engine;
        this.replicas = replicas;
        this.postmortem = postmortem;
        this.probe = probe;
        this.settings = settings;
    }

    /**
     * Returns once every replica is good.
     *
     * @throws StepFailed with the reason in a sentence and what to do
     */
    String await(Release release, List<Replica> fresh) throws InterruptedException {
        var watches = fresh.stream().map(replica -> new Watch(replica, release)).toList();
        var pause = FIRST_PAUSE;
        while (true) {
            boolean allGood = true;
            for (var watch : watches) allGood &= watch.isGood();
            if (allGood)
                return watches.isEmpty()
                        ? "nothing to check"
                        : watches.getFirst().said();
            Thread.sleep(pause);
            pause = pause.multipliedBy(5).dividedBy(4);
            if (pause.compareTo(LONGEST_PAUSE) > 0) pause = LONGEST_PAUSE;
        }
    }

    /** One replica on its way to being good. */
    private final class Watch {
        private final Replica replica;
        private final Release release;
        private final HealthCheck check;
        private final long start = System.nanoTime();
        private long lookedAt = start;
        private boolean good;
        private String said = "";
        private @Nullable Answer last;
        private long listensElsewhereSince;

        Watch(Replica replica, Release release) {
            this.replica = replica;
            this.release = release;
            this.check = replica.process().check();
        }

        String said() {
            return said;
        }

        boolean isGood() throws InterruptedException {
            if (good) return true;
            good = switch (check.kind()) {
                case HTTP -> answers();
                case TCP -> accepts();
                case UP -> staysUp();
            };
            return good;
        }

        private boolean answers() throws InterruptedException {
            last = probe.ask(replica.ip(), release.port(), check.path(), check.host(), check.answer());
            if (last instanceof Answer.Status(var code) && check.isGood(code)) {
                said = "GET " + check.path() + " answered " + code + " after " + Took.since(start);
                return true;
            }
            requireNotTooLate(last instanceof Answer.None(var connected) && !connected);
            return false;
        }

        private boolean accepts() {
            if (Probe.accepts(replica.ip(), release.port())) {
                said = replica.label() + " accepted a connection on port " + release.port() + " after "
                        + Took.since(start);
                return true;
            }
            requireNotTooLate(true);
            return false;
        }

        private void requireNotTooLate(boolean isUnreached) {
            if (isTimeToLook()) {
                requireRunning();
                if (isUnreached) requireRightPort();
            }
            if (isOver(limit())) throw new StepFailed(whyNever(), new Failure(Kind.UNHEALTHY));
        }

        private Duration limit() {
            return check.start(settings.healthLimit());
        }

        private boolean isTimeToLook() {
            if (System.nanoTime() - lookedAt < LOOK_EVERY.toNanos()) return false;
            lookedAt = System.nanoTime();
            return true;
        }

        private boolean staysUp() {
            requireRunning();
            var limit = check.start(settings.stayUp());
            if (!isOver(limit)) return false;
            said = replica.label() + " stayed up for " + Took.of(limit);
            return true;
        }

        private boolean isOver(Duration limit) {
            return System.nanoTime() - start > limit.toNanos();
        }

        private void requireRunning() {
            var container = replicas.find(replica)
                    .orElseThrow(() -> new StepFailed(replica.label() + " was removed from outside while it started."));
            postmortem.of(replica, container).ifPresent(why -> {
                throw why;
            });
        }

        /** Fails early when it is plain that the process listens, but not where requests will go. */
        private void requireRightPort() {
            var elsewhere = misplaced();
            if (elsewhere.isEmpty()) {
                listensElsewhereSince = 0;
                return;
            }
            if (listensElsewhereSince == 0) listensElsewhereSince = System.nanoTime();
            if (System.nanoTime() - listensElsewhereSince
                    > settings.wrongPortAfter().toNanos()) {
                throw elsewhere.get();
            }
        }

        private Optional<StepFailed> misplaced() {
            var listeners = engine.listeners(replica.container());
            var port = release.port();
            if (listeners.stream().anyMatch(listener -> listener.port() == port && !listener.loopbackOnly())) {
                return Optional.empty();
            }
            if (listeners.contains(new Listener(port, true))) {
                return Optional.of(new StepFailed(replica.label() + " listens on 127.0.0.1:" + port
                        + ", where nothing outside its container reaches it. Listen on 0.0.0.0."));
            }
            return listeners.stream()
                    .filter(listener -> !listener.loopbackOnly())
                    .findFirst()
                    .map(listener -> new StepFailed(
                            "It listens on " + listener.port() + ", PORT is " + port + ". Set the variable PORT to "
                                    + listener.port() + ", or listen on $PORT.",
                            new Failure(Kind.WRONG_PORT)));
        }

        private String whyNever() {
            var limit = Took.of(limit());
            var asked = "GET " + check.path();
            return switch (last) {
                case Answer.Status(var code) ->
                    asked + " answered " + code + wanted() + " for " + limit + ". Its last lines may say why.";
                case Answer.None(var connected)
                when connected ->
                    replica.label() + " accepts connections on port " + release.port() + " but did not answer " + asked
                            + " within " + limit + ".";
                case null, default ->
                    replica.label() + " did not listen on port " + release.port() + " within " + limit
                            + ". Listen on 0.0.0.0:$PORT.";
            };
        }

        private String wanted() {
            return check.status() == null ? "" : " instead of " + check.status();
        }
    }
}
