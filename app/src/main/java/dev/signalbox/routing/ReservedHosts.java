package dev.signalbox.routing;

import java.util.Set;

/** The host names that no app may claim: the panel's, every app's default name, and those that mean this machine. */
record ReservedHosts(String baseDomain) {
    private static final Set<String> OWN_LABELS =
            Set.of("panel", "signalbox", "git", "api", "www", "admin", "login", "static", "mail");
    /** {@code internal} holds the private names of services; the rest is reserved for everybody by RFC 6761. */
    private static final Set<String> SPECIAL = Set.of("localhost", "internal", "invalid", "local", "test");

    boolean cover(HostName host) {
        return host.isWithin(baseDomain) || SPECIAL.stream().anyMatch(host::isWithin);
    }

    /** Whether the appliance itself may want to answer at this label of the base domain. */
    boolean coverLabel(String label) {
        return OWN_LABELS.contains(label);
    }
}
