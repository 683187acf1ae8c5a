package dev.signalbox.doctor;

import dev.signalbox.engine.Engine;
import java.util.regex.Pattern;

/** Whether containers are started by a program without known ways out of them. */
record RuncCheck(Engine engine) implements Check {
    /** What distributions change under the same number carries their mark. */
    private static final Pattern AS_ITS_AUTHORS_MADE_IT = Pattern.compile("v?\\d+\\.\\d+\\.\\d+");

    private static final Release MENDED = new Release(1, 2, 8);
    private static final Release NEXT = new Release(1, 3, 0);
    private static final Release NEXT_MENDED = new Release(1, 3, 3);

    @Override
    public String subject() {
        return "runc";
    }

    @Override
    public Finding examine() {
        var version = engine.setup().runc();
        var release = Release.of(version);
        var old = release.isBefore(MENDED) || (!release.isBefore(NEXT) && release.isBefore(NEXT_MENDED));
        if (old && AS_ITS_AUTHORS_MADE_IT.matcher(version).matches()) {
            return Finding.warn(
                    "Release " + version + " has known ways out of a container.",
                    "Upgrade runc (with Docker's own packages: containerd.io) to 1.2.8, 1.3.3 or later.");
        }
        return Finding.ok(version.isEmpty() ? "Docker does not tell its release." : "Release " + version + ".");
    }
}
