package dev.signalbox.deploys;

import dev.signalbox.logs.DeploymentLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Reads a deployment's log along, as who pushed does; what it heard stays when the log is removed. */
final class Follower {
    private static final Duration AT_MOST = Duration.ofMinutes(2);

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private volatile boolean sawEnd;

    private Follower() {}

    static Follower of(DeploymentLog log) {
        var follower = new Follower();
        Thread.ofVirtual().name("follower").start(() -> follower.read(log));
        return follower;
    }

    private void read(DeploymentLog log) {
        try {
            sawEnd = log.follow(1, entry -> lines.add(entry.text()), AT_MOST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean sawEnd() {
        return sawEnd;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
