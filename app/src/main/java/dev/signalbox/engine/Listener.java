package dev.signalbox.engine;

/** A listening TCP socket inside a container; {@code loopbackOnly} when nobody outside can reach it. */
public record Listener(int port, boolean loopbackOnly) {}
