package dev.signalbox.engine;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's container. There is nothing in it that could loosen the hardening: mounts, devices, capabilities, privileges
 * and host namespaces cannot be asked for.
 *
 * @param command what runs instead of the image's own command; null keeps the image's
 * @param address its place on the environment's bridge; null for a container without network
 * @param aliases names under which others on the bridge find it
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
        Limits limits) {
    public ContainerSpec {
        environment = Map.copyOf(environment);
        labels = Map.copyOf(labels);
        aliases = List.copyOf(aliases);
    }
}
