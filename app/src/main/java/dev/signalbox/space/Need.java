package dev.signalbox.space;

/** How much of the disk and of the memory something takes at its height, in bytes. */
record Need(long disk, long memory) {
    private static final int FADING = 4;

    /** What was seen now counts in full, what was seen before a little less each time: a build from the cache is no measure. */
    Need after(Need before) {
        return new Need(Math.max(disk, fade(before.disk)), Math.max(memory, fade(before.memory)));
    }

    private static long fade(long bytes) {
        return bytes - bytes / FADING;
    }
}
