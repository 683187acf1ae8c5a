package dev.signalbox.logs;

import dev.signalbox.engine.ContainerId;
import dev.signalbox.engine.Engine;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** What deployments say and containers print: kept in bounded files, read from them, and followed live. */
public final class Logs implements AutoCloseable {
    private static final String ENDING = ".log";
    /** Not felt by who reads, and long enough to write a thousand lines at once. */
    private static final Duration GATHERING = Duration.ofMillis(100);

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final Path deployments;
    private final Path workloads;
    private final Engine engine;
    private final Clock clock;
    private final Map<String, DeploymentLog> underWay = new ConcurrentHashMap<>();
    private final Map<String, WorkloadLog> workloadLogs = new ConcurrentHashMap<>();
    private final Map<ContainerId, Capture> captures = new ConcurrentHashMap<>();

    public Logs(Path directory, Engine engine, Clock clock) {
        this.deployments = directory.resolve("deployments");
        this.workloads = directory.resolve("workloads");
        this.engine = engine;
        this.clock = clock;
    }

    /** A deployment's own log: what people read in the push and on the page. */
    public DeploymentLog deployment(String deploymentId) {
        var known = underWay.get(deploymentId);
        if (known != null) return known;
        var file = file(deploymentId);
        var log = new DeploymentLog(file, clock, () -> underWay.remove(deploymentId));
        // Only one object may write, and those who follow must meet it; what has ended needs neither.
        return log.hasEnded() ? log : underWay.computeIfAbsent(deploymentId, _ -> log);
    }

    /** The log of a deployment that is over. One that is not kept any more says so. */
    public DeploymentLog ended(String deploymentId) {
        var isWritten = underWay.containsKey(deploymentId);
        var isKept = Files.exists(file(deploymentId));
        var log = deployment(deploymentId);
        if (isWritten || log.hasEnded()) return log;
        if (!isKept) log.line("This log is not kept any more.");
        // A crash may have come between the end of a deployment and that of its log.
        log.end();
        return log;
    }

    /** Deletes the logs of all deployments but these and those that are written or followed right now. */
    public void retainDeployments(Set<String> deploymentIds) {
        if (!Files.isDirectory(deployments)) return;
        try (var files = Files.newDirectoryStream(deployments, "*" + ENDING)) {
            for (var file : files) {
                var name = file.getFileName().toString();
                var id = name.substring(0, name.length() - ENDING.length());
                if (!deploymentIds.contains(id) && !underWay.containsKey(id)) Files.deleteIfExists(file);
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new LogException("The logs of old deployments could not be deleted: " + e.getMessage(), e);
        }
    }

    /**
     * Keeps what this container prints until it ends. Asked again it does nothing while it is at it, and afterwards goes on
     * behind the last line that was kept.
     *
     * @param label names the container beside its lines, such as {@code web.1 #12}
     */
    public void capture(String workloadId, String label, ContainerId container) {
        var log = workload(workloadId);
        var capture = Capture.of(engine, container, label, workloadId, log, () -> captures.remove(container));
        if (captures.putIfAbsent(container, capture) == null) capture.start();
    }

    /** Waits until everything is kept that a container printed which has ended; false when the time ran out. */
    boolean awaitCaptured(ContainerId container, Duration atMost) throws InterruptedException {
        var capture = captures.get(container);
        return capture == null || capture.awaitEnd(atMost);
    }

    /** The last lines of a workload, oldest first. */
    public List<ContainerLine> tail(String workloadId, int lines) {
        return tail(workloadId, lines, LogFilter.ALL);
    }

    /** The last of those lines that are wanted, in all that is kept; fewer where they are very long. */
    public List<ContainerLine> tail(String workloadId, int lines, LogFilter filter) {
        return workload(workloadId).tail(lines, filter);
    }

    /**
     * Sends the last lines and then those that come. A reader who is too slow gets a line that says how many it missed.
     *
     * @param whenFailed runs when the reader fails; it gets nothing after that
     */
    public Subscription follow(String workloadId, int lastLines, Consumer<ContainerLine> to, Runnable whenFailed) {
        Consumer<Lines> one = lines -> {
            if (lines.skipped() != 0) to.accept(marker(lines));
            lines.lines().forEach(to);
        };
        return workload(workloadId).follow(lastLines, new Watcher.Reader(one, Duration.ZERO, whenFailed));
    }

    /**
     * Sends what stands behind a position, of that at most the last lines, and then those that come; as many together as come
     * within a moment, so that a hundred readers of a busy log cost little.
     *
     * @param whenFailed runs when the reader fails; it gets nothing after that
     */
    public Subscription followAfter(
            String workloadId, long position, int most, Consumer<Lines> to, Runnable whenFailed) {
        return workload(workloadId).followAfter(position, most, new Watcher.Reader(to, GATHERING, whenFailed));
    }

    private static ContainerLine marker(Lines lines) {
        var first = lines.lines().isEmpty() ? null : lines.lines().getFirst();
        var text = String.format(Locale.ROOT, "[%,d lines skipped]", lines.skipped());
        return new ContainerLine(
                first == null ? Instant.EPOCH : first.at(), "", false, text, first == null ? 0 : first.position());
    }

    /** The bytes that are kept of what a workload printed. */
    public long size(String workloadId) {
        return workload(workloadId).size();
    }

    public void remove(String workloadId) {
        var gone = captures.values().stream()
                .filter(capture -> capture.isOf(workloadId))
                .toList();
        stop(gone);
        workload(workloadId).delete();
        workloadLogs.remove(workloadId);
    }

    private WorkloadLog workload(String workloadId) {
        return workloadLogs.computeIfAbsent(workloadId, id -> new WorkloadLog(workloads.resolve(checked(id))));
    }

    private Path file(String deploymentId) {
        return deployments.resolve(checked(deploymentId) + ENDING);
    }

    /** An id becomes a part of a path. */
    private static String checked(String id) {
        if (!ID.matcher(id).matches()) throw new IllegalArgumentException("not an id: " + id);
        return id;
    }

    private static void stop(Collection<Capture> captures) {
        captures.forEach(Capture::stop);
        captures.forEach(Capture::awaitStop);
    }

    /** Stops reading; the containers go on, and a later process reads what they print meanwhile. */
    @Override
    public void close() {
        stop(captures.values());
        workloadLogs.values().forEach(WorkloadLog::close);
    }
}
