package dev.signalbox.deploys;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How long things may take, and where.
 *
 * @param minimumFreeBytes a build does not start below this much free disk
 */
public record DeploySettings(
        String instance,
        Path dataDirectory,
        int routerPort,
        long minimumFreeBytes,
        Duration buildLimit,
        Duration releaseLimit,
        Duration healthLimit,
        Duration wrongPortAfter,
        Duration stayUp,
        Duration settle,
        Duration drain,
        Duration stopGrace,
        Duration reconcileEvery) {
    /** The figures people of the field know. */
    public static DeploySettings standard(String instance, Path dataDirectory, int routerPort) {
        return new DeploySettings(
                instance,
                dataDirectory,
                routerPort,
                2L << 30,
                Duration.ofMinutes(15),
                Duration.ofMinutes(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10));
    }
}
