package dev.signalbox.engine;

import java.util.List;
import java.util.Map;

/** An image that is here, with what its author set in it. Sizes are bytes; ports are TCP. */
public record Image(
        ImageId id,
        List<String> names,
        long size,
        List<Integer> exposedPorts,
        String user,
        List<String> entrypoint,
        List<String> command,
        Map<String, String> environment,
        Map<String, String> labels) {}
