package dev.signalbox.doctor;

import dev.signalbox.engine.Engine;

/** Whether Docker keeps images where builds work well. */
record ImageStoreCheck(Engine engine) implements Check {
    /** Before this one, such an engine cannot build what is sent to it. */
    private static final Release FIRST_TO_BUILD = new Release(27, 5, 0);

    private static final String FIX =
            "Put \"features\": {\"containerd-snapshotter\": false} into /etc/docker/daemon.json and restart Docker;"
                    + " what was built before is built again.";

    @Override
    public String subject() {
        return "Image store";
    }

    @Override
    public Finding examine() {
        var setup = engine.setup();
        if (!setup.containerdStore()) return Finding.ok("Images are in the " + setup.storageDriver() + " store.");
        if (Release.of(setup.release()).isBefore(FIRST_TO_BUILD)) {
            return Finding.fail(
                    "Docker " + setup.release() + " with the containerd store cannot build what is sent to it.",
                    "Upgrade Docker to 27.5 or later. Or: " + FIX);
        }
        return Finding.warn(
                "With the containerd store every build asks the registry first, even for images that are here.", FIX);
    }
}
