package dev.signalbox;

/** Starts the appliance, or one of its commands. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {}
}
