package dev.signalbox.git;

import java.time.Duration;

/**
 * What pushes may cost.
 *
 * @param objectBytes the largest file
 * @param packBytes the largest push as it is sent
 * @param objects files, folders and commits that may be received at the same time: each is in memory while it is checked
 * @param commandBytes the names of what is pushed, with its options
 * @param treeEntries files and folders of the deployed commit
 * @param pathBytes what the paths of the deployed commit may take together: a build has all of them in memory. Also what
 *     the listings of a folder and those above it may take, which are read at the same time
 * @param idle how long a client may be silent
 * @param silence after how long a sign of life is sent to it
 */
public record GitLimits(
        long objectBytes,
        long packBytes,
        int objects,
        long commandBytes,
        int treeEntries,
        long pathBytes,
        Duration idle,
        Duration silence) {
    private static final long MIB = 1024 * 1024;

    /** An object takes half of that; the other half is for the rest of the program. */
    private static final long HEAP_PER_OBJECT = 512;

    /** A file takes a fifth of that beside its path while it is built; two builds may run at once. */
    private static final long HEAP_PER_ENTRY = 1024;

    private static final long PARTS_FOR_PATHS = 12;

    /** For this process, with the heap it has. */
    public static final GitLimits DEFAULT = new GitLimits(
            100 * MIB,
            500 * MIB,
            (int) Math.min(Runtime.getRuntime().maxMemory() / HEAP_PER_OBJECT, 10_000_000),
            3 * MIB,
            (int) Math.min(Runtime.getRuntime().maxMemory() / HEAP_PER_ENTRY, 200_000),
            Runtime.getRuntime().maxMemory() / PARTS_FOR_PATHS,
            Duration.ofSeconds(60),
            Duration.ofSeconds(15));
}
