package dev.signalbox.builds;

import org.jspecify.annotations.Nullable;

/** One kind of process of an app, in the Procfile's words; without a command it is what the image runs by itself. */
public record ProcessType(String name, @Nullable String command) {
    public static final String WEB = "web";
    public static final String RELEASE = "release";
}
