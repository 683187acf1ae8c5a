package dev.signalbox.builds;

/** The repository cannot be built as it is; the message says what was found and what to change. Nothing was built. */
public final class BuildRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BuildRefused(String message) {
        super(message);
    }

    /** A file that says something impossible, named with the line where it does. */
    static BuildRefused at(String path, int line, String problem) {
        return new BuildRefused(PlainText.of(path) + ":" + line + ": " + problem);
    }
}
