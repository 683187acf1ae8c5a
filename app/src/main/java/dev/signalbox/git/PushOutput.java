package dev.signalbox.git;

import java.util.OptionalInt;

/** What the listener says to the person who pushed, with the few lines around it that are the same for every push. */
final class PushOutput implements PushListener.Output {
    private final Console console;
    private final Push push;
    private final Links links;
    private final Runnable whenQueued;
    private volatile int number;

    PushOutput(Console console, Push push, Links links, Runnable whenQueued) {
        this.console = console;
        this.push = push;
        this.links = links;
        this.whenQueued = whenQueued;
    }

    /** The deployment's number, as soon as it has one. */
    OptionalInt number() {
        return number == 0 ? OptionalInt.empty() : OptionalInt.of(number);
    }

    @Override
    public void queued(int deployment) {
        if (number != 0) return;
        number = deployment;
        console.space();
        whenQueued.run();
        var commit = push.commit();
        console.print("Deployment #" + deployment + ": " + commit.shortSha() + " \"" + commit.subject() + "\" to "
                + push.workload().label());
        if (!push.detached()) {
            console.print(links.page(deployment));
            console.print("Ctrl-C leaves it running. To cancel it:");
            console.print(links.cancel(deployment));
        }
        console.space();
    }

    @Override
    public void accept(String text) {
        console.print(text);
    }
}
