package dev.signalbox.engine;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's container. There is nothing in it that could loosen the hardening: mounts, devices, capabilities, privileges
 * and host namespaces cannot be asked for.
 *
 * @param command what runs instead of the image's entry point and command; null keeps the image's
 * @param address its place on the environment's bridge; null for a container without network
 * @param aliases names under which others on the bridge find it
 * @param restart whether Docker itself starts it again after a crash
 */
public record ContainerSpec(
        String name,
        ImageId image,
        Profile profile,
        @Nullable ContainerCommand command,
        Map<String, String> environment,
        Map<String, String> labels,
        @Nullable Address address,
        List<String> aliases,
        Limits limits,
        Restart restart) {
    public ContainerSpec {
        environment = Map.copyOf(environment);
        labels = Map.copyOf(labels);
        aliases = List.copyOf(aliases);
    }

    /** A process that is meant to stay up. */
    public ContainerSpec(
            String name,
            ImageId image,
            Profile profile,
            @Nullable ContainerCommand command,
            Map<String, String> environment,
            Map<String, String> labels,
            @Nullable Address address,
            List<String> aliases,
            Limits limits) {
        this(name, image, profile, command, environment, labels, address, aliases, limits, Restart.AFTER_CRASH);
    }
}
