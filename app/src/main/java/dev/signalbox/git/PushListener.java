package dev.signalbox.git;

import java.util.function.Consumer;

/** What a push sets off. */
public interface PushListener {
    /**
     * Deploys what was pushed and blocks until that ended or, when detached, until it is queued. The deployment does not
     * depend on this call: it goes on when the person is gone.
     */
    PushOutcome deploy(Push push, Output output) throws InterruptedException;

    /** What the person who pushes sees. Never blocks for long, never fails, and may be called from any thread. */
    interface Output extends Consumer<String> {
        /** Told once, as soon as the deployment has a number. */
        void queued(int number);

        /** A line, or several; escape sequences and control characters are left out. */
        @Override
        void accept(String text);
    }
}
