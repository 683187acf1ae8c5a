package dev.signalbox.cli;

/** The machine did not do what was asked; the message says to a person why and what to do. */
public final class HostRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public HostRefused(String message) {
        super(message);
    }

    /** Passes on what was said already. */
    public HostRefused(RuntimeException why) {
        super(why.getMessage(), why);
    }
}
