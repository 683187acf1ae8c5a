package dev.signalbox.cli;

/** The machine did not do what was asked; the message says to a person why and what to do. */
public final class HostRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean forbidden;

    public HostRefused(String message) {
        this(message, false);
    }

    private HostRefused(String message, boolean forbidden) {
        super(message);
        this.forbidden = forbidden;
    }

    public static HostRefused onlyRoot() {
        return new HostRefused("Only root may do this. Nothing was done. Give the command again with sudo.", true);
    }

    /** Passes on what was said already. */
    public HostRefused(RuntimeException why) {
        super(why.getMessage(), why);
        this.forbidden = false;
    }

    boolean isForbidden() {
        return forbidden;
    }
}
