package dev.signalbox.routing;

import dev.signalbox.routing.TraefikConfiguration.Cookie;
import dev.signalbox.routing.TraefikConfiguration.Http;
import dev.signalbox.routing.TraefikConfiguration.LoadBalancer;
import dev.signalbox.routing.TraefikConfiguration.Observability;
import dev.signalbox.routing.TraefikConfiguration.Router;
import dev.signalbox.routing.TraefikConfiguration.Server;
import dev.signalbox.routing.TraefikConfiguration.Service;
import dev.signalbox.routing.TraefikConfiguration.Sticky;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What Traefik is told about one workload: a pure function of its hosts and its target. */
record RouteFile(Marker marker, String text) {
    private static final int PRIORITY = 1_000;
    /** Its value is a replica of one release, and is replaced by itself when that is gone. */
    private static final Sticky STICKY = new Sticky(new Cookie("signalbox_replica", true, "lax"));

    /** A page that a browser goes to, as against what programs ask for. */
    private static final String PAGE = " && Method(`GET`) && HeaderRegexp(`Accept`, `text/html`)";

    /**
     * Writes the file of a workload.
     *
     * @param target null when no release serves; then our own page answers
     */
    static RouteFile of(String workloadId, List<HostName> hosts, @Nullable Target target) {
        var http = target == null ? unserved(workloadId, hosts) : served(workloadId, hosts, target);
        return marked(workloadId, http, null);
    }

    static RouteFile marked(String owner, Http http, TraefikConfiguration.@Nullable Tls tls) {
        var marker = Marker.of(owner, new TraefikConfiguration(http, tls));
        var routers = new LinkedHashMap<>(http.routers());
        routers.put(marker.routerName(), marker.router());
        var marked = new Http(routers, http.middlewares(), http.services(), http.serversTransports());
        return new RouteFile(marker, RouteText.of(new TraefikConfiguration(marked, tls)));
    }

    /**
     * Two routers for people's requests to the same hosts. Traefik cannot tell an answer 502 that an app gives from one that it gives itself for
     * an app that is gone, and would replace both; so only people who go to a page get our pages for those two answers,
     * and programs always get what the app said. A third one is for requests of our own, which nothing counts.
     */
    private static Http served(String workloadId, List<HostName> hosts, Target target) {
        var service = workloadId + "-r" + target.release();
        var rule = rule(hosts);
        var routers = new LinkedHashMap<String, Router>();
        routers.put(
                workloadId,
                router(rule, PRIORITY, List.of(ApplianceRoutes.CLIENT_HEADERS, ApplianceRoutes.RETRY), service));
        routers.put(
                workloadId + "-pages",
                router(
                        "(" + rule + ")" + PAGE,
                        PRIORITY + 1,
                        List.of(ApplianceRoutes.ERROR_PAGES, ApplianceRoutes.CLIENT_HEADERS, ApplianceRoutes.RETRY),
                        service));
        routers.put(workloadId + "-probe", probed(rule, service));
        var servers = target.backends().stream()
                .map(backend -> new Server(backend.url()))
                .toList();
        var sticky = target.sticky() ? STICKY : null;
        var transport = target.isAlone() ? ApplianceRoutes.BRIEF_TRANSPORT : ApplianceRoutes.TRANSPORT;
        var services = Map.of(service, new Service(new LoadBalancer(servers, sticky, transport)));
        return new Http(routers, Map.of(), services, Map.of());
    }

    /** Goes the way of everybody's, so that it fares no better. */
    private static Router probed(String rule, String service) {
        return new Router(
                "(" + rule + ") && " + MarkedRequest.rule(),
                List.of(TraefikConfiguration.WEB),
                PRIORITY + 2,
                List.of(ApplianceRoutes.CLIENT_HEADERS, ApplianceRoutes.RETRY),
                service,
                Observability.NONE);
    }

    private static Http unserved(String workloadId, List<HostName> hosts) {
        var router = router(rule(hosts), PRIORITY, List.of(ApplianceRoutes.NO_RELEASE), ApplianceRoutes.PANEL);
        return new Http(Map.of(workloadId, router), Map.of(), Map.of(), Map.of());
    }

    private static Router router(String rule, int priority, List<String> middlewares, String service) {
        return new Router(
                rule, List.of(TraefikConfiguration.WEB), priority, middlewares, service, (@Nullable Observability)
                        null);
    }

    private static String rule(List<HostName> hosts) {
        return hosts.stream().map(host -> "Host(`" + host + "`)").collect(Collectors.joining(" || "));
    }
}
