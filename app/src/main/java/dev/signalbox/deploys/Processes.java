package dev.signalbox.deploys;

import dev.signalbox.deploys.Release.ProcessType;
import dev.signalbox.projects.Workload;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The processes of a service in an environment: what was set for them, what of it runs, and how to change it. */
public final class Processes {
    private final Ledger ledger;
    private final Reruns reruns;

    Processes(Ledger ledger, Reruns reruns) {
        this.ledger = ledger;
        this.reruns = reruns;
    }

    /**
     * One process.
     *
     * @param set what the next deployment gives it
     * @param running as the release that serves has it; null where none does
     */
    public record Line(
            String name,
            @Nullable String command,
            ProcessSetting set,
            @Nullable ProcessType running) {
        public boolean isPreparation() {
            return name.equals(Release.RELEASE);
        }

        public boolean isRouted() {
            return name.equals(Release.WEB);
        }

        /** Whether it runs as it was set. */
        public boolean isAsSet() {
            return running != null && running.isAs(set);
        }
    }

    /** What came of setting something. */
    public sealed interface Outcome {
        /** It runs like that already. */
        record Unchanged() implements Outcome {}

        /** Nothing serves; the next deployment begins with it. */
        record Kept() implements Outcome {}

        /** A deployment brings it: one of its own, or one that had not begun yet. */
        record Deploying(Deployment deployment) implements Outcome {}

        /** Nothing was set: somebody goes back to an earlier release, which would be overtaken. */
        record InTheWay(Deployment rollback) implements Outcome {}

        /** It is set, but what serves cannot be started again without a build. */
        record ImageGone(long release) implements Outcome {}
    }

    /** By name; empty before anything was built. */
    public List<Line> list(Workload workload) {
        var serving = ledger.servingOf(workload).flatMap(ledger::releaseOf);
        var known = serving.or(() -> ledger.releases(workload).stream().findFirst());
        if (known.isEmpty()) return List.of();
        var settings = ledger.processSettings(workload);
        return known.get().processes().stream()
                .map(process -> new Line(
                        process.name(),
                        process.command(),
                        settings.getOrDefault(process.name(), ProcessSetting.USUAL),
                        serving.isPresent() ? process : null))
                .toList();
    }

    public Optional<Line> find(Workload workload, String name) {
        return list(workload).stream().filter(line -> line.name().equals(name)).findFirst();
    }

    /** Sets it, and deploys what serves with it: without a build, and without a gap. */
    public Outcome set(Workload workload, Line line, ProcessSetting wanted, String actor) {
        var waiting = queued(workload);
        if (waiting.isPresent() && waiting.get().cause() == Cause.ROLLBACK) return new Outcome.InTheWay(waiting.get());
        if (wanted.equals(line.set()) && line.isAsSet()) return new Outcome.Unchanged();
        ledger.set(workload, line.name(), wanted);
        return bring(workload, actor);
    }

    private Outcome bring(Workload workload, String actor) {
        var unfrozen = newest(workload)
                .filter(newest -> newest.finishedAt() == null && newest.cause() != Cause.ROLLBACK)
                .filter(newest -> newest.state() == State.QUEUED || newest.release() == null);
        if (unfrozen.isPresent()) return new Outcome.Deploying(unfrozen.get());
        return switch (reruns.scale(workload, actor)) {
            case Asked.Queued(var deployment) -> new Outcome.Deploying(deployment);
            case Asked.ImageGone(var release) -> new Outcome.ImageGone(release);
            case Asked.NothingToDeploy _, Asked.NoSuchRelease _ -> new Outcome.Kept();
        };
    }

    private Optional<Deployment> queued(Workload workload) {
        return newest(workload).filter(newest -> newest.state() == State.QUEUED);
    }

    private Optional<Deployment> newest(Workload workload) {
        return ledger.ofWorkload(workload, 1).stream().findFirst();
    }
}
