package dev.signalbox.routing;

import dev.signalbox.routing.TraefikConfiguration.Errors;
import dev.signalbox.routing.TraefikConfiguration.ForwardingTimeouts;
import dev.signalbox.routing.TraefikConfiguration.Headers;
import dev.signalbox.routing.TraefikConfiguration.Http;
import dev.signalbox.routing.TraefikConfiguration.LoadBalancer;
import dev.signalbox.routing.TraefikConfiguration.Middleware;
import dev.signalbox.routing.TraefikConfiguration.Observability;
import dev.signalbox.routing.TraefikConfiguration.RedirectRegex;
import dev.signalbox.routing.TraefikConfiguration.ReplacePath;
import dev.signalbox.routing.TraefikConfiguration.Retry;
import dev.signalbox.routing.TraefikConfiguration.Router;
import dev.signalbox.routing.TraefikConfiguration.Server;
import dev.signalbox.routing.TraefikConfiguration.Service;
import dev.signalbox.routing.TraefikConfiguration.Transport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The appliance's own routes and what the workloads' routes share. Every host that nobody has goes to our process, which
 * knows by the name whether that is the panel or a page that is not there.
 */
final class ApplianceRoutes {
    static final String OWNER = "signalbox";

    static final String PANEL = "panel";
    static final String TRANSPORT = "apps";
    static final String BRIEF_TRANSPORT = "apps-brief";
    static final String RETRY = "retry";
    static final String ERROR_PAGES = "error-pages";
    static final String CLIENT_HEADERS = "client-headers";
    static final String NO_RELEASE = "no-release";

    private static final String UNSEEN = "unseen";
    private static final String ERROR_PATH = "/_signalbox/error/";
    private static final int LAST = 1;

    private ApplianceRoutes() {}

    static RouteFile of(int panelPort, DefaultCertificate certificate) {
        var http = new Http(routers(), middlewares(), services(panelPort), transports());
        return RouteFile.marked(OWNER, http, certificate.tls());
    }

    private static Map<String, Router> routers() {
        var routers = new LinkedHashMap<String, Router>();
        routers.put(PANEL, router("PathPrefix(`/`)", LAST, List.of(CLIENT_HEADERS, RETRY), PANEL, null));
        // Their paths and queries hold what nobody should read in a log.
        routers.put(
                "panel-unlogged",
                router(
                        "PathPrefix(`/setup/`) || PathPrefix(`/join/`) || PathPrefix(`/git/`)",
                        LAST + 1,
                        List.of(CLIENT_HEADERS, RETRY),
                        PANEL,
                        Observability.NO_ACCESS_LOG));
        routers.put(
                UNSEEN,
                router(
                        Marker.rule("PathPrefix(`/`)"),
                        Marker.PRIORITY - 1,
                        List.of(UNSEEN),
                        TraefikConfiguration.TEAPOT,
                        Observability.NONE));
        return routers;
    }

    private static Map<String, Middleware> middlewares() {
        var middlewares = new LinkedHashMap<String, Middleware>();
        // Only when no byte of the request was sent: a connection that was refused.
        middlewares.put(RETRY, Middleware.of(new Retry(3, "100ms")));
        middlewares.put(ERROR_PAGES, Middleware.of(new Errors(List.of("502", "504"), PANEL, ERROR_PATH + "{status}")));
        // Traefik overwrites X-Forwarded-For and its kin by itself. These say who somebody is, and nobody here sets
        // them.
        middlewares.put(
                CLIENT_HEADERS,
                Middleware.of(new Headers(empty("Forwarded", "X-Forwarded-User", "X-Webauth-User", "X-Remote-User"))));
        middlewares.put(NO_RELEASE, Middleware.of(new ReplacePath(ERROR_PATH + "503")));
        middlewares.put(UNSEEN, Middleware.of(new RedirectRegex(".*", "http://" + Marker.HOST + "/")));
        return middlewares;
    }

    private static Map<String, String> empty(String... headers) {
        var removed = new LinkedHashMap<String, String>();
        for (var header : headers) removed.put(header, "");
        return removed;
    }

    private static Map<String, Service> services(int panelPort) {
        var panel = new Server("http://127.0.0.1:" + panelPort);
        return Map.of(PANEL, new Service(new LoadBalancer(List.of(panel), null, TRANSPORT)));
    }

    private static Map<String, Transport> transports() {
        var transports = new LinkedHashMap<String, Transport>();
        // Idle connections go before an app closes them, for a request sent on a closing one is lost. Node waits 5 s.
        transports.put(TRANSPORT, transport("4s"));
        // Requests may wait until the last connection has gone.
        transports.put(BRIEF_TRANSPORT, transport("100ms"));
        return transports;
    }

    private static Transport transport(String idle) {
        return new Transport(100, new ForwardingTimeouts("2s", idle));
    }

    private static Router router(
            String rule,
            int priority,
            List<String> middlewares,
            String service,
            @Nullable Observability observability) {
        return new Router(rule, List.of(TraefikConfiguration.WEB), priority, middlewares, service, observability);
    }
}
