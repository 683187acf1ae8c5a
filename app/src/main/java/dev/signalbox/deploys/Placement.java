package dev.signalbox.deploys;

import dev.signalbox.deploys.Release.ProcessType;
import dev.signalbox.engine.ContainerCommand;
import dev.signalbox.projects.Workload;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One container that a deployment is to have, and how it is named and known. */
record Placement(
        Workload workload,
        Deployment deployment,
        Release release,
        ProcessType process,
        int index,
        String network,
        Map<String, String> variables) {
    String name(String instance) {
        return String.join(
                "-",
                "signalbox",
                instance,
                Replicas.withoutPrefix(workload.id()),
                Long.toString(deployment.number()),
                process.name(),
                Integer.toString(index));
    }

    Map<String, String> labels(String instance) {
        return Map.of(
                Replicas.INSTANCE,
                instance,
                Replicas.WORKLOAD,
                workload.id(),
                Replicas.ENVIRONMENT,
                workload.environment().id(),
                Replicas.DEPLOYMENT,
                deployment.id(),
                Replicas.PROCESS,
                process.name() + "." + index,
                "dev.signalbox.name",
                workload.label());
    }

    /** Others in the environment find the routed process under the service's name. */
    List<String> aliases() {
        if (!process.isRouted()) return List.of();
        var service = workload.service().name().value();
        return List.of(service, service + ".internal");
    }

    /** Null runs the image's own. */
    @Nullable ContainerCommand command() {
        return process.command() == null ? null : ContainerCommand.shell(process.command());
    }
}
