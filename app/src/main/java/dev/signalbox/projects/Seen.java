package dev.signalbox.projects;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What somebody had before their eyes who changes variables: what another changed since is not overwritten. */
public sealed interface Seen {
    /** It does not matter, as to a program that says how things should be. */
    record Anything() implements Seen {}

    /**
     * One variable.
     *
     * @param setAt when it had been set; null when it was not there
     */
    record One(@Nullable Instant setAt) implements Seen {}

    /**
     * All of them.
     *
     * @param until when the last of them had been changed; null when none ever was
     */
    record All(@Nullable Instant until) implements Seen {}

    /** Whether a variable that was set then, or is not there, is as it was seen. */
    default boolean covers(@Nullable Instant setAt) {
        return switch (this) {
            case Anything() -> true;
            case One(var seen) -> Objects.equals(seen, setAt);
            case All(var until) -> setAt == null || (until != null && !setAt.isAfter(until));
        };
    }
}
