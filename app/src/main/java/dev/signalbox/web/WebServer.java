package dev.signalbox.web;

import dev.signalbox.web.Operation.Heading;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The HTTP server, on loopback only; the router brings the world's requests here. */
public final class WebServer implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int HEADER_BYTES = 16 * 1024;
    /** Longer than the pause between the signs of life of our own streams. */
    private static final long IDLE_MILLIS = 60_000;

    private static final Duration STREAMS_END = Duration.ofSeconds(2);

    private final Routes routes;
    private final Streams streams;
    private final Javalin javalin;

    /**
     * A server that does not listen yet.
     *
     * @param requestIds makes the id of each request
     */
    public WebServer(WebSettings settings, Features features, Clock clock, Supplier<String> requestIds) {
        this(settings, features, clock, requestIds, UnaryOperator.identity());
    }

    /** With other routes than ours, for the tests that see what happens then. */
    WebServer(
            WebSettings settings,
            Features features,
            Clock clock,
            Supplier<String> requestIds,
            UnaryOperator<Routes> change) {
        var edge = new EdgePages(host -> features.addresses()
                .owner()
                .apply(host)
                .flatMap(features.projects()::findWorkload)
                .filter(features.deploys()::takesRequests)
                .isPresent());
        var gate = new Gate(features.accounts(), features.sessions(), new RateLimits(clock), settings);
        var assets = new Assets();
        this.streams = new Streams(settings);
        var answers = new Answers(new Views(), new Frames(features.accounts(), assets, version()), streams);
        var trail = new AuditTrail(features.audit(), clock);
        var dispatcher = new Dispatcher(gate, trail);
        var pages = new PageDispatcher(gate, trail, answers, clock);
        var reception = new Reception(new Hosts(settings.panelHost()), edge, features.people(), answers);
        this.routes = change.apply(
                Routes.of(new Routes.Parts(features, gate, edge, answers, assets, streams, settings, clock)));
        this.javalin = Javalin.create(config -> {
            configure(config, settings.port());
            config.routes.before(ctx -> reception.receive(ctx, requestIds.get()));
            for (var route : routes.open()) register(config.routes, route);
            for (var operation : routes.operations()) {
                register(config.routes, operation.heading(), ctx -> dispatcher.serve(operation, ctx));
            }
            for (var page : routes.pages()) {
                register(config.routes, page.heading(), ctx -> pages.serve(page, ctx));
            }
            new Problems(edge, answers, clock).register(config.routes);
        });
    }

    /** Loads what listening needs. Worth a thread of its own while a process starts. */
    public static void loadAhead() {
        new ServerConnector(new Server(), new HttpConnectionFactory());
    }

    private static String version() {
        var packed = WebServer.class.getPackage().getImplementationVersion();
        return packed == null ? "from its source tree" : packed;
    }

    Routes routes() {
        return routes;
    }

    /** Starts listening; returns the port. */
    public int start() {
        javalin.start();
        return javalin.port();
    }

    /** What goes on by itself ends first, since it reads what others close next. */
    @Override
    public void close() {
        try {
            streams.end(STREAMS_END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        javalin.stop();
    }

    private static void configure(JavalinConfig config, int port) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.http.prefer405over404 = true;
        config.http.defaultContentType = "text/plain; charset=utf-8";
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.router.ignoreTrailingSlashes = false;
        config.router.treatMultipleSlashesAsSingleSlash = false;
        config.jetty.modifyHttpConfiguration(WebServer::configureHttp);
        config.jetty.modifyServer(server -> server.setErrorHandler(new PlainErrors()));
        config.jetty.addConnector((server, http) -> {
            var connector = new ServerConnector(server, new HttpConnectionFactory(http));
            connector.setHost(LOOPBACK);
            connector.setPort(port);
            connector.setIdleTimeout(IDLE_MILLIS);
            return connector;
        });
    }

    private static void configureHttp(HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setUriCompliance(UriCompliance.DEFAULT);
    }

    private static void register(RoutesConfig routes, OpenRoute route) {
        if (route.takesEveryMethod()) {
            // Methods have no common handler; what comes before all of them has.
            routes.before(route.path(), ctx -> {
                route.handler().handle(ctx);
                ctx.skipRemainingHandlers();
            });
            return;
        }
        for (var verb : route.verbs()) {
            routes.addHttpHandler(HandlerType.findOrCreate(verb.name()), route.path(), route.handler());
            if (verb == Verb.GET) routes.head(route.path(), route.handler());
        }
    }

    /** The rule is attached to the route that was matched, never to a prefix of its path. */
    private static void register(RoutesConfig routes, Heading heading, Handler handler) {
        routes.addHttpHandler(HandlerType.findOrCreate(heading.verb().name()), heading.path(), handler);
        if (heading.verb() == Verb.GET) routes.head(heading.path(), handler);
    }
}
