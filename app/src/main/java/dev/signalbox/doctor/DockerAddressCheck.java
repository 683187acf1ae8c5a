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
    private static final String TCP = "tcp://";

    @Override
    public String subject() {
        return "Docker's door";
    }

    @Override
    public Finding examine() throws IOException {
        var open = new ArrayList<String>();
        var daemon = processes.named("dockerd");
        if (daemon.isPresent()) open.addAll(openAddresses(daemon.get().arguments()));
        var file = root.resolve("etc/docker/daemon.json");
        if (Files.isReadable(file) && Files.size(file) > 0) open.addAll(openAddresses(file));
        if (open.isEmpty()) return Finding.ok("It takes orders from this machine only.");
        return Finding.fail(
                "Docker listens on " + String.join(", ", open) + " without TLS: whoever reaches it is root here.",
                "Take the address out of /etc/docker/daemon.json or the unit of docker, then restart Docker.");
    }

    private static List<String> openAddresses(List<String> arguments) {
        if (arguments.contains("--tlsverify") || arguments.contains("--tlsverify=true")) return List.of();
        return arguments.stream()
                .filter(argument -> argument.contains(TCP))
                .map(argument -> argument.substring(argument.indexOf(TCP)))
                .toList();
    }

    private static List<String> openAddresses(Path file) throws IOException {
        var settings = new ObjectMapper().readTree(Files.readString(file));
        if (settings.path("tlsverify").asBoolean()) return List.of();
        return StreamSupport.stream(settings.path("hosts").spliterator(), false)
                .map(host -> host.asText())
                .filter(host -> host.startsWith(TCP))
                .toList();
    }
}
