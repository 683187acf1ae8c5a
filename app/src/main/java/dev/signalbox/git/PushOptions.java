package dev.signalbox.git;

import java.util.List;
import java.util.Optional;

/** What was said with {@code git push -o}. */
record PushOptions(Optional<String> environment, boolean detached) {
    private static final String NOWAIT = "nowait";
    private static final String ENVIRONMENT = "environment=";

    static final List<String> KNOWN = List.of(
            "-o " + ENVIRONMENT + "<name>  deploy to this environment, whatever the branch",
            "-o " + NOWAIT + "              return as soon as the deployment is queued");

    /** Empty when one of them is unknown, or an environment is named twice. */
    static Optional<PushOptions> parse(List<String> options) {
        Optional<String> environment = Optional.empty();
        boolean detached = false;
        for (var option : options) {
            if (option.equals(NOWAIT)) {
                detached = true;
            } else if (option.startsWith(ENVIRONMENT) && environment.isEmpty()) {
                environment = Optional.of(option.substring(ENVIRONMENT.length()));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(new PushOptions(environment, detached));
    }
}
