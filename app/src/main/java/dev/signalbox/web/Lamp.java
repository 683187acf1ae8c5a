package dev.signalbox.web;

import dev.signalbox.deploys.Deployment;
import dev.signalbox.deploys.State;
import dev.signalbox.projects.Workload;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A state as people see it: a shape, a word and a colour.
 *
 * @param shape a symbol of the sprite, without its prefix
 * @param colour the style: ok, now, warn, bad or idle
 */
record Lamp(String shape, String word, String colour) {
    private static final Map<State, Lamp> DEPLOYMENTS = Map.ofEntries(
            Map.entry(State.QUEUED, new Lamp("queued", "Queued", "idle")),
            Map.entry(State.BUILDING, new Lamp("building", "Building", "now")),
            Map.entry(State.RELEASING, new Lamp("releasing", "Releasing", "now")),
            Map.entry(State.STARTING, new Lamp("starting", "Starting", "now")),
            Map.entry(State.CHECKING, new Lamp("checking", "Checking", "now")),
            Map.entry(State.APPROVING, new Lamp("held", "Waiting for approval", "warn")),
            Map.entry(State.ROUTING, new Lamp("routing", "Routing", "now")),
            Map.entry(State.SHIFTING, new Lamp("routing", "Shifting", "now")),
            Map.entry(State.SETTLING, new Lamp("settling", "Settling", "now")),
            Map.entry(State.LIVE, new Lamp("live", "Live", "ok")),
            Map.entry(State.FAILED, new Lamp("failed", "Failed", "bad")),
            Map.entry(State.CANCELLED, new Lamp("cancelled", "Cancelled", "idle")),
            Map.entry(State.SUPERSEDED, new Lamp("superseded", "Superseded", "idle")),
            Map.entry(State.SKIPPED, new Lamp("superseded", "Skipped", "idle")));
    private static final Map<Workload.State, Lamp> WORKLOADS = Map.of(
            Workload.State.NOT_DEPLOYED, new Lamp("stopped", "Not deployed", "idle"),
            Workload.State.LIVE, new Lamp("live", "Live", "ok"),
            Workload.State.CRASHING, new Lamp("crashing", "Crashing", "bad"),
            Workload.State.CRASHED, new Lamp("crashed", "Crashed", "bad"),
            Workload.State.SLEEPING, new Lamp("sleeping", "Sleeping", "idle"),
            Workload.State.HELD, new Lamp("held", "Holding", "warn"),
            Workload.State.STOPPED, new Lamp("stopped", "Stopped", "idle"));

    private static final Lamp GOOD = new Lamp("done", "Good", "ok");
    static final Lamp DONE = new Lamp("done", "Done", "ok");
    static final Lamp TO_DO = new Lamp("todo", "", "idle");

    static Lamp of(State state) {
        return lamp(DEPLOYMENTS, state);
    }

    /** How it goes or ended; only what serves now is live. */
    static Lamp of(Deployment deployment, @Nullable Deployment serving) {
        var serves = serving != null && serving.id().equals(deployment.id());
        return deployment.state() == State.LIVE && !serves ? GOOD : of(deployment.state());
    }

    /** What serves. */
    static Lamp of(Workload.State state) {
        return lamp(WORKLOADS, state);
    }

    private static <S> Lamp lamp(Map<S, Lamp> lamps, S state) {
        var lamp = lamps.get(state);
        if (lamp == null) throw new IllegalStateException("no lamp for " + state);
        return lamp;
    }
}
