package dev.signalbox.engine;

/** An IPv4 address on one of our bridges. */
public record Address(String network, String ip) {}
