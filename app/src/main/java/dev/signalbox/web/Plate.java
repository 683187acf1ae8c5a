package dev.signalbox.web;

import dev.signalbox.projects.Environment;
import java.util.Locale;

/** The plate of an environment, so that nobody restarts the wrong one: filled, outlined or dashed, and its sign. */
record Plate(String name, String sign, String style) {
    static Plate of(Environment environment) {
        var name = environment.name().value();
        if (environment.isProduction()) return new Plate(name, "P", "prod");
        if (name.matches("pr-[0-9]+")) return new Plate(name, name.substring("pr-".length()), "pr");
        return new Plate(name, name.substring(0, 1).toUpperCase(Locale.ROOT), "");
    }
}
