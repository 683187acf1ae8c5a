package dev.signalbox.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A container of the appliance itself, on the host's network with a read-only root: the proxy. Tenants never get one.
 *
 * @param group the group it has beside being root without root's powers: whose files it may read
 * @param directories host directories by their path inside; those in {@code writable} may be written
 */
public record SystemContainer(
        String name,
        ImageId image,
        int group,
        List<String> command,
        Map<String, String> labels,
        Map<String, Path> directories,
        List<String> writable) {
    public SystemContainer {
        command = List.copyOf(command);
        labels = Map.copyOf(labels);
        directories = Map.copyOf(directories);
        writable = List.copyOf(writable);
    }
}
