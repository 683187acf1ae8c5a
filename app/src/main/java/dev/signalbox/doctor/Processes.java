package dev.signalbox.doctor;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads from the kernel which programs run, and what they hold. */
final class Processes {
    private static final String LISTEN = "0A";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private static final String ENGINE = "dockerd";
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]*");
    /** One number for each space of process numbers that it is in. */
    private static final Pattern OF_THE_MACHINE = Pattern.compile("NSpid:\\s+[0-9]+");

    private final Path root;
    private final Path proc;

    Processes(Path root) {
        this.root = root;
        this.proc = root.resolve("proc");
    }

    /** A program that runs; its name is empty where the kernel does not tell who it is. */
    record Running(String name, Path directory) {
        List<String> arguments() throws IOException {
            return List.of(Files.readString(directory.resolve("cmdline")).split("\0", -1));
        }

        String controlGroups() throws IOException {
            return Files.readString(directory.resolve("cgroup"));
        }

        String number() {
            return directory.getFileName().toString();
        }
    }

    /**
     * The engine, as it says itself which process it is. Its name alone says nothing: a container may run one of the same
     * name, and is told by the numbers of its own that its processes have.
     */
    Optional<Running> engine() throws IOException {
        var number = engineNumber();
        if (!NUMBER.matcher(number).matches()) return Optional.empty();
        var directory = proc.resolve(number);
        try {
            var name = Files.readString(directory.resolve("comm")).strip();
            if (!name.equals(ENGINE) || isInContainer(directory)) return Optional.empty();
            return Optional.of(new Running(name, directory));
        } catch (NoSuchFileException e) {
            return Optional.empty(); // it has ended
        }
    }

    private String engineNumber() throws IOException {
        for (var file : List.of("run/docker.pid", "var/run/docker.pid")) {
            if (Files.exists(root.resolve(file)))
                return Files.readString(root.resolve(file)).strip();
        }
        return "";
    }

    private static boolean isInContainer(Path directory) throws IOException {
        return Files.readAllLines(directory.resolve("status")).stream()
                .noneMatch(line -> OF_THE_MACHINE.matcher(line).matches());
    }

    boolean isListenedOn(int port) throws IOException {
        return !listeningSockets(port).isEmpty();
    }

    /** Who listens on this port; nobody where only root may know. */
    List<Running> listenersOn(int port) throws IOException {
        var sockets = listeningSockets(port);
        var found = new ArrayList<Running>();
        for (var process : all()) {
            if (holdsAny(process, sockets)) found.add(process);
        }
        return found;
    }

    private List<Running> all() throws IOException {
        var found = new ArrayList<Running>();
        try (var directories = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (var directory : directories) {
                var name = directory.resolve("comm");
                if (Files.isReadable(name)) found.add(new Running(name(name), directory));
            }
        }
        return found;
    }

    private static String name(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private Set<String> listeningSockets(int port) throws IOException {
        var suffix = ":%04X".formatted(port);
        var lines = new ArrayList<String>();
        for (var table : List.of("net/tcp", "net/tcp6")) {
            if (Files.exists(proc.resolve(table))) lines.addAll(Files.readAllLines(proc.resolve(table)));
        }
        return lines.stream()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(columns -> columns.length > INODE && columns[STATE].equals(LISTEN))
                .filter(columns -> columns[LOCAL_ADDRESS].endsWith(suffix))
                .map(columns -> "socket:[" + columns[INODE] + "]")
                .collect(Collectors.toSet());
    }

    private static boolean holdsAny(Running process, Set<String> sockets) throws IOException {
        try (var files = Files.newDirectoryStream(process.directory().resolve("fd"))) {
            for (var file : files) {
                if (isOneOf(sockets, file)) return true;
            }
            return false;
        } catch (AccessDeniedException | NoSuchFileException | DirectoryIteratorException e) {
            return false;
        }
    }

    private static boolean isOneOf(Set<String> sockets, Path file) throws IOException {
        try {
            return sockets.contains(Files.readSymbolicLink(file).toString());
        } catch (NoSuchFileException e) {
            return false; // closed a moment ago; the others are still there
        }
    }
}
