package dev.signalbox.engine;

/** How much a container is trusted with: images from our recipes need nothing, foreign ones the usual few capabilities. */
public enum Profile {
    /** Runs as uid 1000 without any capability. */
    RECIPE,
    /** Runs as the image's user with the eight capabilities that entry points of common images need. */
    FOREIGN
}
