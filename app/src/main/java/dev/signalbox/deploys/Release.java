package dev.signalbox.deploys;

import dev.signalbox.engine.ImageId;
import dev.signalbox.engine.Profile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What can run, frozen: an image, the processes of it, and the variables they get.
 *
 * @param number that of the deployment which made it
 * @param good whether it has been live
 */
public record Release(
        String id,
        String workloadId,
        long number,
        ImageId image,
        Profile profile,
        @Nullable String commit,
        int port,
        List<ProcessType> processes,
        Instant createdAt,
        boolean good) {
    static final String WEB = "web";
    static final String RELEASE = "release";

    public Release {
        processes = List.copyOf(processes);
    }

    /** What keeps running: everything but the command that prepares a release. */
    List<ProcessType> running() {
        return processes.stream()
                .filter(process -> !process.name().equals(RELEASE))
                .toList();
    }

    /** Whether it takes requests. */
    boolean isRouted() {
        return running().stream().anyMatch(ProcessType::isRouted);
    }

    Optional<ProcessType> preparation() {
        return processes.stream()
                .filter(process -> process.name().equals(RELEASE))
                .findFirst();
    }

    /**
     * One command of the app.
     *
     * @param command its line of the Procfile; null runs the image's own command
     */
    public record ProcessType(
            String name,
            @Nullable String command,
            int replicas,
            int memoryMegabytes,
            @Nullable Integer cpuMillis) {
        boolean isRouted() {
            return name.equals(WEB);
        }
    }
}
