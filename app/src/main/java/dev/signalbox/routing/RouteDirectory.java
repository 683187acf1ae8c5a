package dev.signalbox.routing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that Traefik reads, one for each owner. One that Traefik cannot read would keep it from taking any change of the
 * others; so the last good text of each is remembered, and what is neither that nor being written now can be undone.
 */
final class RouteDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(RouteDirectory.class);
    private static final String ENDING = ".yml";

    private final Path watched;
    private final Path preparing;
    private final Path rejected;
    private final Map<String, String> good = new ConcurrentHashMap<>();

    RouteDirectory(Path proxyDirectory) {
        this.watched = proxyDirectory.resolve("dynamic");
        this.preparing = proxyDirectory.resolve("preparing");
        this.rejected = proxyDirectory.resolve("rejected");
    }

    Path path() {
        return watched;
    }

    void create() {
        try {
            var mode = PosixFilePermissions.fromString("rwxr-x---");
            for (var directory : new Path[] {watched, preparing, rejected}) {
                if (Files.isDirectory(directory)) continue;
                Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(mode));
                // What a new directory is given is cut by our umask.
                Files.setPosixFilePermissions(directory, mode);
            }
        } catch (IOException e) {
            throw new RoutingException(
                    "The directories for the proxy's files could not be made in " + watched + ".", e);
        }
    }

    /** What stands in the owner's file now. */
    Optional<String> read(String owner) {
        try {
            var file = file(owner);
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            // Not text: it will be written anew.
            return Optional.empty();
        }
    }

    /** Puts this text in the owner's file; does nothing when it is there already. */
    void write(String owner, String text) {
        if (read(owner).filter(text::equals).isPresent()) return;
        try {
            DurableFile.write(watched, owner + ENDING, text, preparing);
        } catch (IOException e) {
            throw new RoutingException("The route in " + file(owner) + " could not be written; it is as it was.", e);
        }
    }

    /** Whether this is what stands in the owner's file and Traefik was seen to use it. */
    boolean isGood(String owner, String text) {
        return text.equals(good.get(owner)) && read(owner).filter(text::equals).isPresent();
    }

    /** Whether somebody else changed or removed what Traefik was seen to use. */
    boolean isSpoilt(String owner) {
        var last = good.get(owner);
        return last != null && read(owner).filter(last::equals).isEmpty();
    }

    /** Traefik was seen to use this text. */
    void confirm(String owner, String text) {
        good.put(owner, text);
    }

    /** Puts back what was good before; null when there was nothing. */
    void putBack(String owner, @Nullable String before) {
        var last = good.getOrDefault(owner, before);
        if (last == null || !isConfiguration(last)) delete(owner);
        else write(owner, last);
    }

    void delete(String owner) {
        good.remove(owner);
        try {
            DurableFile.delete(watched, owner + ENDING);
        } catch (IOException e) {
            throw new RoutingException("The route in " + file(owner) + " could not be removed.", e);
        }
    }

    /** Deletes what is not an owner's to keep, whatever it is. */
    void retain(Predicate<String> keep) {
        for (var file : entries()) {
            var name = file.getFileName().toString();
            var owner = owner(name);
            if (name.endsWith(ENDING) && keep.test(owner)) continue;
            LOG.info("Removing the route file {}, which belongs to nothing", name);
            if (name.endsWith(ENDING)) delete(owner);
            else setAside(file);
        }
    }

    /**
     * Undoes what others did to the files: changed ones get their last good text, unreadable ones go.
     *
     * @param busy owners whose files are being changed right now
     */
    void heal(Predicate<String> busy) {
        for (var file : entries()) {
            var name = file.getFileName().toString();
            var owner = owner(name);
            if (busy.test(owner)) continue;
            var text = name.endsWith(ENDING) ? read(owner).orElse("") : "";
            var last = good.get(owner);
            if (last != null && !last.equals(text)) {
                LOG.warn("The route file {} was changed by somebody else; putting its last good text back", name);
                write(owner, last);
            } else if (last == null && !isConfiguration(text)) {
                LOG.warn("The route file {} cannot be read; moving it to {}", name, rejected);
                setAside(file);
            }
        }
    }

    private void setAside(Path file) {
        try {
            Files.move(file, rejected.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new RoutingException("The file " + file + " could not be moved out of the proxy's way.", e);
        }
    }

    private List<Path> entries() {
        try (var files = Files.list(watched)) {
            return files.toList();
        } catch (IOException e) {
            throw new RoutingException("The proxy's files in " + watched + " cannot be listed.", e);
        }
    }

    private static boolean isConfiguration(String text) {
        try {
            JsonNode tree = new ObjectMapper().readTree(text);
            return tree.isObject() && !tree.isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    private Path file(String owner) {
        return watched.resolve(owner + ENDING);
    }

    private static String owner(String name) {
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }
}
