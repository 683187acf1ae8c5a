package dev.signalbox.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where containers run. Every call has a time limit; what the engine refuses or cannot do is thrown as an
 * {@link EngineException}. Calls that remove or stop are content when there is nothing left to do.
 */
public interface Engine extends AutoCloseable {
    /** Asks the engine which it is; throws when it does not answer. */
    EngineVersion version();

    /** How the engine is set up, for somebody who looks the machine over. */
    EngineSetup setup();

    Optional<Image> findImage(String reference);

    /** The images that were built here, also those without a name. */
    List<Image> listImages();

    /** Removes one name of an image, or the image when given its id; one that is in use stays. */
    void removeImage(String reference);

    /**
     * Builds an image and blocks until it is there. An interrupt of the calling thread cancels the build within a second.
     *
     * @throws BuildFailed when a step of the Dockerfile fails
     */
    ImageId build(BuildRequest request, BuildContext context, Consumer<BuildEvent> listener)
            throws InterruptedException;

    /**
     * Removes what builds kept for later, least recently used first, until no more than this is left.
     *
     * @param keepBytes more than none: everything is never removed
     * @param unusedFor what was used within this time stays, however much it is
     * @return the bytes that this gave back
     */
    long trimBuildCache(long keepBytes, Duration unusedFor);

    /** What takes up the disk of the engine. It looks at every file of it, which may take many seconds. */
    StorageUse storage();

    /** Finds the network of this name or makes it, on a subnet that overlaps nothing on this host. */
    Network ensureNetwork(String name, Map<String, String> labels);

    List<Network> listNetworks(Map<String, String> labels);

    void removeNetwork(String name);

    /** Takes an address of the network that no container has and none had during the last minute. */
    Address reserveAddress(String network);

    /** Gives back an address that no container came to use; it rests before it is given out again. */
    void releaseAddress(Address address);

    /** Makes a container; finds it when one of this name is there already, so that a repeated step is harmless. */
    ContainerId createContainer(ContainerSpec spec);

    /** Makes a container of the appliance itself, started again by Docker whenever it ends. */
    ContainerId createSystemContainer(SystemContainer spec);

    void startContainer(ContainerId id);

    /** Changes what Docker does by itself when this container ends. */
    void restartPolicy(ContainerId id, Restart restart);

    /** Asks the container to stop with SIGTERM and kills it when the time is up. */
    void stopContainer(ContainerId id, Duration grace);

    void removeContainer(ContainerId id);

    Optional<Container> findContainer(String nameOrId);

    /** All containers with these labels, also stopped ones. */
    List<Container> listContainers(Map<String, String> labels);

    /** TCP ports that processes inside the container listen on, by the address they are bound to. */
    List<Listener> listeners(ContainerId id);

    /** The last lines that the container printed, oldest first. */
    List<LogLine> tail(ContainerId id, int lines);

    /** Sends what the container prints, from {@code since} on or its beginning, until it ends or the stream is closed. */
    Stream follow(ContainerId id, @Nullable Instant since, Consumer<LogLine> lines);

    /**
     * Sends what happens to containers with these labels until the stream is closed. Survives restarts of the engine:
     * after a gap it resumes from the last event, and then sends {@link EngineEvent.Resumed} so that the reader looks at
     * everything once.
     */
    Stream events(Map<String, String> labels, Consumer<EngineEvent> listener);

    @Override
    void close();

    /** Something that goes on in the background until it is closed. */
    interface Stream extends AutoCloseable {
        @Override
        void close();

        /** Waits for the stream's own end; false when the time ran out first. */
        boolean awaitEnd(Duration atMost) throws InterruptedException;
    }
}
