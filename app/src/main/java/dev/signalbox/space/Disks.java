package dev.signalbox.space;

import dev.signalbox.engine.Engine;
import dev.signalbox.engine.EngineException;
import dev.signalbox.space.Disk.Holds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The disks that matter: the one of our data, and that of Docker where it is another. */
final class Disks {
    private static final Logger LOG = LoggerFactory.getLogger(Disks.class);

    private final Path data;
    private final Engine engine;
    private volatile @Nullable Path docker;

    Disks(Path data, Engine engine) {
        this.data = data;
        this.engine = engine;
    }

    /** Asks Docker where its things are, unless it has said so before. */
    void findDocker() {
        if (docker != null) return;
        try {
            docker = Path.of(engine.setup().root());
        } catch (EngineException e) {
            LOG.debug("Docker's disk is measured once Docker answers", e);
        }
    }

    /** As they are at this moment; that of the data first. */
    List<Disk> measure() {
        try {
            var first = Disk.of(Holds.DATA, data);
            var other = docker;
            // In a container of our own, Docker's directory is not there to be measured.
            if (other == null || !Files.isDirectory(other) || isSame(data, other)) return List.of(first);
            return List.of(first, Disk.of(Holds.DOCKER, other));
        } catch (IOException e) {
            throw new UncheckedIOException("the disk of " + data + " cannot be measured", e);
        }
    }

    Disk fullest() {
        return measure().stream()
                .max((one, other) -> Integer.compare(one.percent(), other.percent()))
                .orElseThrow();
    }

    /** The one that images and builds are on. */
    Disk ofBuilds() {
        return measure().getLast();
    }

    private static boolean isSame(Path one, Path other) throws IOException {
        return Files.getAttribute(one, "unix:dev").equals(Files.getAttribute(other, "unix:dev"));
    }
}
