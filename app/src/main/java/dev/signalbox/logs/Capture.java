package dev.signalbox.logs;

import dev.signalbox.engine.ContainerId;
import dev.signalbox.engine.Engine;
import dev.signalbox.engine.EngineException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what one container prints into its workload's log, until the container ends. */
final class Capture {
    private static final Logger LOG = LoggerFactory.getLogger(Capture.class);
    private static final Duration GLANCE = Duration.ofHours(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

    private final Engine engine;
    private final ContainerId container;
    private final String source;
    private final String workloadId;
    private final WorkloadLog log;
    private final Thread thread;

    private Capture(
            Engine engine,
            ContainerId container,
            String label,
            String workloadId,
            WorkloadLog log,
            Runnable whenEnded) {
        this.engine = engine;
        this.container = container;
        this.source = StoredLine.sourceOf(label);
        this.workloadId = workloadId;
        this.log = log;
        this.thread = Thread.ofVirtual().name("log-capture").unstarted(() -> run(whenEnded));
    }

    static Capture of(
            Engine engine,
            ContainerId container,
            String label,
            String workloadId,
            WorkloadLog log,
            Runnable whenEnded) {
        return new Capture(engine, container, label, workloadId, log, whenEnded);
    }

    void start() {
        thread.start();
    }

    boolean isOf(String workload) {
        return workloadId.equals(workload);
    }

    private void run(Runnable whenEnded) {
        try {
            read();
        } catch (EngineException | LogException e) {
            // Whoever looks after the containers asks again, and the capture goes on where it stopped.
            LOG.warn("The output of {} is not kept for now: {}", source, e.getMessage());
        } catch (InterruptedException e) {
            // Stopped.
        } finally {
            whenEnded.run();
        }
    }

    private void read() throws InterruptedException {
        var id = StoredLine.brief(container);
        var start = log.startFor(container);
        var isNew = start.newOnes();
        try (var stream = engine.follow(container, start.since(), line -> {
            if (isNew.test(line)) log.append(new StoredLine(line.at(), id, line.error(), source, line.text()));
        })) {
            while (!stream.awaitEnd(GLANCE)) {}
        }
    }

    /** False when the time ran out before the container's last line was kept. */
    boolean awaitEnd(Duration atMost) throws InterruptedException {
        return thread.join(atMost);
    }

    void stop() {
        thread.interrupt();
    }

    void awaitStop() {
        try {
            if (!thread.join(STOP_LIMIT)) LOG.warn("Reading the output of {} could not be stopped in time", source);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
