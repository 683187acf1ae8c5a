package dev.signalbox.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** Whether Docker takes orders from the network: who reaches such an engine is root here. */
record DockerAddressCheck(Path root, Processes processes) implements Check {
    /** What comes after it in a flag is an address; without a scheme, it is TCP. */
    private static final List<String> FLAGS = List.of("--host=", "-H=", "-H");

    private static final List<String> LOCAL = List.of("unix://", "fd://");
    private static final List<String> VERIFIED = List.of("--tlsverify", "--tlsverify=true");

    @Override
    public String subject() {
        return "Docker's door";
    }

    @Override
    public Finding examine() throws IOException {
        var open = new ArrayList<String>();
        var daemon = processes.engine();
        if (daemon.isPresent()) open.addAll(openAddresses(daemon.get().arguments()));
        var file = root.resolve("etc/docker/daemon.json");
        if (Files.isReadable(file) && Files.size(file) > 0) open.addAll(openAddresses(file));
        if (open.isEmpty()) return Finding.ok("It takes orders from this machine only.");
        return Finding.fail(
                "Docker listens on " + String.join(", ", open) + " without TLS: whoever reaches it is root here.",
                "Take the address out of /etc/docker/daemon.json or the unit of docker, then restart Docker.");
    }

    private static List<String> openAddresses(List<String> arguments) {
        if (arguments.stream().anyMatch(VERIFIED::contains)) return List.of();
        var addresses = new ArrayList<String>();
        for (int at = 0; at < arguments.size(); at++) {
            var argument = arguments.get(at);
            if (argument.equals("-H") || argument.equals("--host")) {
                if (at + 1 < arguments.size()) addresses.add(arguments.get(++at));
            } else {
                FLAGS.stream()
                        .filter(argument::startsWith)
                        .findFirst()
                        .ifPresent(flag -> addresses.add(argument.substring(flag.length())));
            }
        }
        return addresses.stream().filter(DockerAddressCheck::isOpen).toList();
    }

    private static boolean isOpen(String address) {
        return !address.isEmpty() && LOCAL.stream().noneMatch(address::startsWith);
    }

    private static List<String> openAddresses(Path file) throws IOException {
        var settings = new ObjectMapper().readTree(Files.readString(file));
        if (settings.path("tlsverify").asBoolean()) return List.of();
        return StreamSupport.stream(settings.path("hosts").spliterator(), false)
                .map(host -> host.asText())
                .filter(DockerAddressCheck::isOpen)
                .toList();
    }
}
