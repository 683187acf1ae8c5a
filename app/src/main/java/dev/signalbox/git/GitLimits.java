package dev.signalbox.git;

import java.time.Duration;

/**
 * What a push may cost.
 *
 * @param objectBytes the largest file
 * @param packBytes the largest push as it is sent
 * @param objects files, folders and commits of one push: each costs memory while it is checked
 * @param commandBytes the names of what is pushed, with its options
 * @param treeEntries files and folders of the deployed commit
 * @param receives pushes that are received at the same time
 * @param idle how long a client may be silent
 * @param silence after how long a sign of life is sent to it
 */
public record GitLimits(
        long objectBytes,
        long packBytes,
        int objects,
        long commandBytes,
        int treeEntries,
        int receives,
        Duration idle,
        Duration silence) {
    private static final long MIB = 1024 * 1024;

    public static final GitLimits DEFAULT = new GitLimits(
            100 * MIB, 500 * MIB, 300_000, 3 * MIB, 200_000, 2, Duration.ofSeconds(60), Duration.ofSeconds(15));
}
