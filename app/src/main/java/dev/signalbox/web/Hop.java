package dev.signalbox.web;

import dev.signalbox.deploys.State;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A step on the way of a deployment, as a bar as wide as all others.
 *
 * @param x where it begins
 */
record Hop(String x, boolean done) {
    private static final List<State> WAY = List.of(
            State.QUEUED,
            State.BUILDING,
            State.RELEASING,
            State.STARTING,
            State.CHECKING,
            State.ROUTING,
            State.SETTLING,
            State.LIVE);

    /** The whole way, done up to where the deployment is. */
    static List<Hop> upTo(State state) {
        int reached = WAY.indexOf(
                switch (state) {
                    case APPROVING -> State.CHECKING;
                    case SHIFTING -> State.ROUTING;
                    default -> state;
                });
        return IntStream.range(0, WAY.size())
                .mapToObj(i -> new Hop(String.format(Locale.ROOT, "%.1f%%", i * 100.0 / WAY.size()), i <= reached))
                .toList();
    }
}
