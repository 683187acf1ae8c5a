package dev.signalbox.builds;

import java.util.List;

/** A step of a build failed; the message says which and how, in one sentence. No image was made. */
public final class BuildBroken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String step;
    private final transient List<String> lastLines;

    BuildBroken(String message, String step, List<String> lastLines, Throwable cause) {
        super(message, cause);
        this.step = step;
        this.lastLines = List.copyOf(lastLines);
    }

    /** The name of the step that failed. */
    public String step() {
        return step;
    }

    /** What that step printed last, oldest first. */
    public List<String> lastLines() {
        return lastLines;
    }
}
