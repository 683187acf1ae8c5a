package dev.signalbox.deploys;

import dev.signalbox.engine.ImageId;
import dev.signalbox.engine.Profile;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
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
    public List<ProcessType> running() {
        return processes.stream()
                .filter(process -> !process.name().equals(RELEASE))
                .toList();
    }

    /** The command that prepares a release before it starts. */
    public Optional<ProcessType> preparation() {
        return processes.stream()
                .filter(process -> process.name().equals(RELEASE))
                .findFirst();
    }

    /** The identity of its image as people compare it: {@code sha256:5be7d1…91c0}. */
    public String imageLabel() {
        var id = image.value();
        return id.length() <= 20 ? id : id.substring(0, 13) + "\u2026" + id.substring(id.length() - 4);
    }

    /** Whether its image was built by one of our recipes. */
    public boolean isFromRecipe() {
        return profile == Profile.RECIPE;
    }

    /** Whether requests go to one of its processes. */
    public boolean isRouted() {
        return routed().filter(process -> process.replicas() > 0).isPresent();
    }

    /** The process that requests go to as long as it has a replica. */
    Optional<ProcessType> routed() {
        return processes.stream().filter(ProcessType::isRouted).findFirst();
    }

    /**
     * One command of the app.
     *
     * @param command its line of the Procfile; null runs the image's own command
     * @param health null looks at it as at every process of its sort
     * @param sticky whether whoever asks stays with one replica
     */
    public record ProcessType(
            String name,
            @Nullable String command,
            int replicas,
            int memoryMegabytes,
            @Nullable Integer cpuMillis,
            @Nullable HealthCheck health,
            boolean sticky) {
        /** One that nobody set anything else for. */
        ProcessType(
                String name, @Nullable String command, int replicas, int memoryMegabytes, @Nullable Integer cpuMillis) {
            this(name, command, replicas, memoryMegabytes, cpuMillis, null, false);
        }

        /** How it is looked at. */
        public HealthCheck check() {
            return health != null
                    ? health
                    : HealthCheck.usual(isRouted() ? HealthCheck.Kind.HTTP : HealthCheck.Kind.UP);
        }

        /** Whether the next deployment would give it nothing else than this. */
        boolean isAs(ProcessSetting setting) {
            return replicas == setting.replicas()
                    && memoryMegabytes == setting.memoryMegabytes()
                    && Objects.equals(cpuMillis, setting.cpuMillis())
                    && Objects.equals(health, setting.health())
                    && sticky == setting.sticky();
        }

        public boolean isRouted() {
            return name.equals(WEB);
        }
    }
}
