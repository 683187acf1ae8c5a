package dev.signalbox.engine;

/**
 * How the engine is set up on this machine.
 *
 * @param runc the release of what starts containers; empty when it is not told
 * @param containerdStore whether images are kept by containerd and not by the engine itself
 * @param keepsContainers whether they run on while the engine is restarted
 * @param root where it keeps images and containers
 */
public record EngineSetup(
        String release,
        String runc,
        String storageDriver,
        boolean containerdStore,
        boolean keepsContainers,
        String root) {}
