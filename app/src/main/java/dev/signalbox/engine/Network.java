package dev.signalbox.engine;

import java.util.Map;

/** A bridge of this host with its subnet in CIDR notation. */
public record Network(String name, String subnet, Map<String, String> labels) {}
