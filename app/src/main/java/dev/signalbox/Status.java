package dev.signalbox;

import dev.signalbox.deploys.Deployment;
import dev.signalbox.deploys.Deploys;
import dev.signalbox.engine.Engine;
import dev.signalbox.engine.EngineException;
import dev.signalbox.projects.Projects;
import dev.signalbox.projects.Workload;
import dev.signalbox.routing.Routing;
import dev.signalbox.web.HostStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;

/** How the appliance and its apps are, for somebody on the host. */
final class Status implements Supplier<HostStatus> {
    private final String instance;
    private final Settings settings;
    private final String panel;
    private final Engine engine;
    private final Routing routing;
    private final Projects projects;
    private final Deploys deploys;

    Status(
            String instance,
            Settings settings,
            String panel,
            Engine engine,
            Routing routing,
            Projects projects,
            Deploys deploys) {
        this.instance = instance;
        this.settings = settings;
        this.panel = panel;
        this.engine = engine;
        this.routing = routing;
        this.projects = projects;
        this.deploys = deploys;
    }

    @Override
    public HostStatus get() {
        return new HostStatus(lines(), apps());
    }

    private SequencedMap<String, String> lines() {
        var lines = new LinkedHashMap<String, String>();
        lines.put("Instance", instance);
        lines.put("Data", settings.data().toString());
        lines.put("Panel", panel);
        lines.put("Docker", docker());
        lines.put(
                "Router", routing.isProxyUp() ? "up on port " + settings.httpPort() : "down; it is being brought back");
        return lines;
    }

    private String docker() {
        try {
            var version = engine.version();
            return version.release() + ", API " + version.api() + ", " + version.storageDriver();
        } catch (EngineException e) {
            return "does not answer: " + e.getMessage();
        }
    }

    /** Without the environments that nothing was deployed to yet. */
    private List<HostStatus.App> apps() {
        var workloads = projects.workloads();
        var standings = deploys.standings(workloads);
        var addresses = routing.urls(workloads);
        var apps = new ArrayList<HostStatus.App>();
        for (var workload : workloads) {
            var standing = standings.get(workload.id());
            if (standing == null || standing.newest() == null) continue;
            var address = standing.isRouted() ? addresses.getOrDefault(workload.id(), List.of()) : List.<String>of();
            apps.add(new HostStatus.App(
                    name(workload),
                    workload.state().word().replace('_', ' '),
                    address.isEmpty() ? "" : address.getFirst(),
                    newest(standing.newest())));
        }
        apps.sort(Comparator.comparing(HostStatus.App::name));
        return apps;
    }

    private static String name(Workload workload) {
        var service = workload.project().name() + "/" + workload.service().name();
        return workload.environment().isProduction()
                ? service
                : service + " " + workload.environment().name();
    }

    private static String newest(Deployment deployment) {
        return "#" + deployment.number() + " " + deployment.state().word();
    }
}
