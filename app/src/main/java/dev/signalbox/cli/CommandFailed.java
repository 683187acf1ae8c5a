package dev.signalbox.cli;

/** A command came to nothing; the message is for the person who gave it. */
final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exit;

    CommandFailed(int exit, String message) {
        super(message);
        this.exit = exit;
    }

    int exit() {
        return exit;
    }
}
