package dev.signalbox.doctor;

import dev.signalbox.engine.Engine;
import dev.signalbox.engine.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Whether the images that apps are built on are here, and where they came from. */
record BaseImagesCheck(Engine engine, String proxyImage) implements Check {
    private static final String SOURCE = "dev.signalbox.image.source";
    static final List<String> OF_RECIPES =
            List.of("debian:trixie-slim", "node:24-slim", "python:3.13-slim", "golang:1.26", "signalbox/static:1");

    @Override
    public String subject() {
        return "Base images";
    }

    @Override
    public Finding examine() {
        var missing = new ArrayList<String>();
        var fromPackages = new ArrayList<String>();
        var fromRegistry = new ArrayList<String>();
        for (var name :
                Stream.concat(Stream.of(proxyImage), OF_RECIPES.stream()).toList()) {
            var image = engine.findImage(name);
            if (image.isEmpty()) missing.add(name);
            else if (isFromPackages(image.get())) fromPackages.add(name);
            else fromRegistry.add(name);
        }
        if (missing.contains(proxyImage)) {
            return Finding.fail(
                    "The router's image " + proxyImage + " is not here, so it cannot be started.",
                    "Run the installer again.");
        }
        var origin =
                origin("from the registry", fromRegistry) + origin("from this distribution's packages", fromPackages);
        if (missing.isEmpty()) return Finding.ok("All are here:" + origin + ".");
        return Finding.warn(
                "Not here: " + String.join(", ", missing) + "; builds on them need a registry. Here are:" + origin
                        + ".",
                "Run the installer again.");
    }

    private static boolean isFromPackages(Image image) {
        return image.labels().getOrDefault(SOURCE, "").startsWith("packages");
    }

    private static String origin(String where, List<String> names) {
        return names.isEmpty() ? "" : " " + where + " " + String.join(", ", names);
    }
}
