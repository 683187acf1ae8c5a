package dev.signalbox.routing;

import static dev.signalbox.routing.TraefikConfiguration.WEB;
import static dev.signalbox.routing.TraefikConfiguration.WEB_SECURE;

import java.util.ArrayList;
import java.util.List;

/** Traefik's static configuration: what cannot change without a new container. */
final class ProxyArguments {
    static final String ROUTES = "/dynamic";
    static final String LOG = "/log";

    /** Seconds; one series of histograms serves graphs from 5 ms to 10 s. */
    private static final String BUCKETS = "0.005,0.01,0.025,0.05,0.1,0.25,0.5,1,2.5,5,10";

    private ProxyArguments() {}

    static List<String> of(ProxySettings settings) {
        var arguments = new ArrayList<String>();
        entryPoint(arguments, WEB, ":" + settings.httpPort());
        entryPoint(arguments, WEB_SECURE, ":" + settings.httpsPort());
        entryPoint(arguments, "traefik", "127.0.0.1:" + settings.apiPort());
        arguments.addAll(List.of(
                // "Insecure" is on the entry point named traefik, which is on loopback; ping and metrics are there too.
                "--api=true",
                "--api.insecure=true",
                "--api.dashboard=false",
                "--ping=true",
                "--metrics.prometheus=true",
                "--metrics.prometheus.buckets=" + BUCKETS,
                "--providers.file.directory=" + ROUTES,
                "--providers.file.watch=true",
                "--providers.providersThrottleDuration=10ms",
                "--accessLog=true",
                "--accessLog.filePath=" + LOG + "/" + AccessLog.FILE,
                "--accessLog.format=json",
                "--accessLog.fields.headers.defaultMode=drop",
                "--accessLog.fields.queryParameters.defaultMode=drop",
                "--log.level=WARN",
                "--log.noColor=true",
                "--global.checkNewVersion=false",
                "--global.sendAnonymousUsage=false"));
        return List.copyOf(arguments);
    }

    private static void entryPoint(List<String> arguments, String name, String address) {
        var prefix = "--entryPoints." + name;
        arguments.add(prefix + ".address=" + address);
        // A new proxy starts beside the old one, which is stopped when the new one answers.
        arguments.add(prefix + ".reusePort=true");
        // One setting governs header and body: uploads and pushes may take their time.
        arguments.add(prefix + ".transport.respondingTimeouts.readTimeout=1h");
        arguments.add(prefix + ".transport.respondingTimeouts.idleTimeout=180s");
        arguments.add(prefix + ".transport.lifeCycle.graceTimeOut=30s");
        // X_Forwarded_For is X-Forwarded-For to many frameworks, and only the latter is ours to set.
        arguments.add(prefix + ".http.aliasHeadersStrategy=delete");
    }
}
