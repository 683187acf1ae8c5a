package dev.signalbox.projects;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A service in an environment: what has variables, domains, releases, a queue and a history.
 *
 * @param deploymentId the deployment whose release should run; null when none does
 * @param variablesChangedAt when variables last changed
 */
public record Workload(
        String id,
        Project project,
        Environment environment,
        Service service,
        State state,
        @Nullable String deploymentId,
        @Nullable Instant variablesChangedAt) {
    public enum State {
        NOT_DEPLOYED,
        LIVE,
        CRASHING,
        CRASHED,
        SLEEPING,
        HELD,
        STOPPED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** {@code shop/web in production}: how messages name it. */
    public String label() {
        return project.name() + "/" + inEnvironment();
    }

    /** {@code web in production}: how pages of the project name it. */
    public String inEnvironment() {
        return service.name() + " in " + environment.name();
    }
}
