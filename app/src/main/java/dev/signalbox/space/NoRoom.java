package dev.signalbox.space;

/** There was no room for a build. The message says why, and what to do. */
public final class NoRoom extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoRoom(String message) {
        super(message);
    }
}
