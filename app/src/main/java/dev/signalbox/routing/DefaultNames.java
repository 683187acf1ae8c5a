package dev.signalbox.routing;

import dev.signalbox.projects.Workload;
import java.util.Optional;

/** Makes the host names that workloads get without asking for one. */
final class DefaultNames {
    static final int SUFFIX = 4;

    private final String baseDomain;
    private final ReservedHosts reserved;

    DefaultNames(String baseDomain) {
        this.baseDomain = baseDomain;
        this.reserved = new ReservedHosts(baseDomain);
    }

    /** The name without a suffix; empty when it cannot be had by anybody. */
    Optional<HostName> plain(Workload workload) {
        var label = label(workload);
        if (label.length() > HostName.LONGEST_LABEL || reserved.coverLabel(label)) return Optional.empty();
        return Optional.of(host(label));
    }

    HostName withSuffix(Workload workload, String suffix) {
        var label = label(workload);
        var room = HostName.LONGEST_LABEL - SUFFIX - 1;
        var kept = label.substring(0, Math.min(label.length(), room));
        return host(kept.replaceFirst("-+$", "") + "-" + suffix);
    }

    boolean isUnderBaseDomain(HostName host) {
        return host.isWithin(baseDomain);
    }

    private HostName host(String label) {
        return new HostName(label + "." + baseDomain);
    }

    private static String label(Workload workload) {
        var service = workload.service().name().value();
        var project = workload.project().name().value();
        var environment = workload.environment();
        var label = service.equals(project) ? service : service + "-" + project;
        return environment.isProduction() ? label : label + "-" + environment.name();
    }
}
