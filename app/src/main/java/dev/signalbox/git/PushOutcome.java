package dev.signalbox.git;

import java.util.List;

/** How a push ended. Reasons are whole sentences: what happened, how things stand, what to do. */
public sealed interface PushOutcome {
    /** There never was a deployment: what the push made is taken back. */
    record Refused(String reason) implements PushOutcome {}

    /** There was one, and this is how it ended. */
    sealed interface Deployed extends PushOutcome {
        int number();
    }

    record Live(int number, List<String> urls) implements Deployed {
        public Live {
            urls = List.copyOf(urls);
        }
    }

    /** Detached, and waiting for its turn. */
    record Queued(int number) implements Deployed {}

    /** Nothing that this service watches had changed. */
    record Skipped(int number) implements Deployed {}

    /**
     * Also when {@link Push.Guard#refusal} said no at its turn.
     *
     * @param reason empty when the output ended with it
     */
    record Failed(int number, String reason) implements Deployed {}

    record Superseded(int number, int by) implements Deployed {}

    record Cancelled(int number) implements Deployed {}
}
