package dev.signalbox.git;

import dev.signalbox.projects.Projects;
import java.util.concurrent.Semaphore;

/**
 * What every push is handled with.
 *
 * @param objects what is left of {@link GitLimits#objects}
 */
record PushDesk(
        RepositoryStore store,
        Gate gate,
        Projects projects,
        Claims claims,
        PushListener listener,
        GitLimits limits,
        Semaphore objects) {}
