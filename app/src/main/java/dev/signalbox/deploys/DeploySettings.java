package dev.signalbox.deploys;

import java.time.Duration;

/** How long things may take, and where. */
public record DeploySettings(
        String instance,
        int routerPort,
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
    public static DeploySettings standard(String instance, int routerPort) {
        return new DeploySettings(
                instance,
                routerPort,
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
