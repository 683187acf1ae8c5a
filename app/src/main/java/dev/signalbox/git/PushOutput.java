package dev.signalbox.git;

import java.util.List;
import java.util.OptionalInt;

/** What the listener says to the person who pushed, with the few lines around it that are the same for every push. */
final class PushOutput implements PushListener.Output {
    private final Console console;
    private final Push push;
    private final Links links;
    private final List<String> preface;
    private volatile int number;

    /**
     * Writes to this console.
     *
     * @param preface printed before all else, once there is a deployment
     */
    PushOutput(Console console, Push push, Links links, List<String> preface) {
        this.console = console;
        this.push = push;
        this.links = links;
        this.preface = preface;
    }

    /** The deployment's number, as soon as it has one. */
    OptionalInt number() {
        return number == 0 ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** Takes note of the number of a deployment that nobody announced. */
    void note(int deployment) {
        number = deployment;
    }

    @Override
    public void queued(int deployment) {
        note(deployment);
        console.space();
        preface.forEach(console::print);
        var commit = push.commit();
        console.print("Deployment #" + deployment + ": " + commit.shortSha() + " \"" + commit.subject() + "\" to "
                + push.workload().label());
        if (!push.detached()) {
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
