package dev.signalbox.engine;

/** What Docker does by itself when a container ends: first aid until the reconciler has looked. */
public enum Restart {
    /** Starts it again after an exit with an error, five times at most: apps must not depend on our process being up. */
    AFTER_CRASH,
    /** Leaves it ended: what runs once, as a release command does, must not run a second time. */
    NEVER
}
