package dev.signalbox.git;

import dev.signalbox.projects.Name;
import dev.signalbox.projects.Project;
import dev.signalbox.projects.Service;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a repository's address stands for, in the team of whoever asks. */
record Destination(
        Name projectName,
        Name serviceName,
        @Nullable Project project,
        @Nullable Service service) {
    boolean exists() {
        return service != null;
    }

    Optional<String> serviceId() {
        return Optional.ofNullable(service).map(Service::id);
    }

    /** {@code shop/web} */
    String label() {
        return projectName + "/" + serviceName;
    }
}
