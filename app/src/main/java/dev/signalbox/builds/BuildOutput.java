package dev.signalbox.builds;

import java.time.Duration;

/** Hears what a build does while it does it; people read this in their push. Called by one thread at a time. */
public interface BuildOutput {
    /** Nothing is built yet; goes on with "Waiting". Empty when the wait is over. */
    void waiting(String why);

    /** One sentence about what was found, chosen or left out. */
    void note(String sentence);

    void stepStarted(int step, String name);

    /** One line that the step printed, without its line end. */
    void line(int step, String text);

    void stepEnded(int step, String name, Ending ending, Duration took);

    enum Ending {
        DONE,
        CACHED,
        FAILED
    }
}
