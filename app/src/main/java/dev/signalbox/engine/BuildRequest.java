package dev.signalbox.engine;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What to build: the name the image gets, the Dockerfile's path inside the context, and how. */
public record BuildRequest(
        String name,
        String dockerfile,
        @Nullable String target,
        Map<String, String> arguments,
        Map<String, String> labels,
        boolean withoutCache) {}
