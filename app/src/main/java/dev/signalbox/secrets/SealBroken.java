package dev.signalbox.secrets;

/** A sealed value does not open. */
public final class SealBroken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SealBroken(String column, String row, String what) {
        super("The value in " + column + " of " + row + " " + what + ".");
    }
}
