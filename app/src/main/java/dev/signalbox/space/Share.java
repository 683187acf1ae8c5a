package dev.signalbox.space;

/**
 * What one service takes up in all its environments, in bytes.
 *
 * @param serviceId empty for several together
 * @param releases how many images it has
 * @param images the largest of them, and what the others have beside it
 * @param cache as far as the engine says whose it is
 * @param containers what they have written into themselves
 * @param logs what is kept of what they printed
 */
public record Share(String serviceId, int releases, long images, long cache, long containers, long volumes, long logs) {
    public static final Share NOTHING = new Share("", 0, 0, 0, 0, 0, 0);

    public long total() {
        return images + cache + containers + volumes + logs;
    }

    /** Both together. */
    public Share and(Share other) {
        return new Share(
                serviceId,
                releases + other.releases,
                images + other.images,
                cache + other.cache,
                containers + other.containers,
                volumes + other.volumes,
                logs + other.logs);
    }
}
