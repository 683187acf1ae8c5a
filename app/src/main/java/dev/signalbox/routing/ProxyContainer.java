package dev.signalbox.routing;

import dev.signalbox.engine.Container;
import dev.signalbox.engine.ContainerId;
import dev.signalbox.engine.Engine;
import dev.signalbox.engine.LogLine;
import dev.signalbox.engine.SystemContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The container that Traefik runs in: made when there is none, replaced only when its arguments are others. */
final class ProxyContainer {
    static final String ROLE = "dev.signalbox.role";
    static final String PROXY = "proxy";

    private static final Logger LOG = LoggerFactory.getLogger(ProxyContainer.class);
    private static final String ARGUMENTS = "dev.signalbox.arguments";
    private static final String PORT = "dev.signalbox.port";
    private static final int HASH_LENGTH = 8;
    private static final Duration STOP_GRACE = Duration.ofSeconds(40);

    private final Engine engine;
    private final ProxySettings settings;
    private final Map<String, Path> directories;
    private final List<String> arguments;
    private final String hash;

    ProxyContainer(Engine engine, ProxySettings settings, Path routes, Path log) {
        this.engine = engine;
        this.settings = settings;
        this.directories = Map.of(ProxyArguments.ROUTES, routes, ProxyArguments.LOG, log);
        this.arguments = ProxyArguments.of(settings);
        this.hash = Marker.sha256(arguments + " " + routes + " " + log).substring(0, HASH_LENGTH);
    }

    /** Sees to it that a container with these arguments runs. Others may still run then; they are given back. */
    List<Container> ensureStarted() {
        var present = engine.listContainers(Map.of(ROLE, PROXY));
        var ours = present.stream().filter(this::isCurrent).toList();
        var outdated =
                present.stream().filter(container -> !isCurrent(container)).toList();
        if (ours.stream().noneMatch(ProxyContainer::runs)) {
            if (outdated.stream().noneMatch(Container::isRunning)) requireFreePorts();
            for (var stuck : ours) engine.removeContainer(stuck.id());
            start();
        }
        return outdated;
    }

    /** Whether its requests come in at the same port. */
    boolean sharesPort(Container other) {
        return other.isRunning()
                && String.valueOf(settings.httpPort()).equals(other.labels().get(PORT));
    }

    void retire(List<Container> outdated) {
        for (var container : outdated) {
            LOG.info("Removing the proxy {}, which has been replaced", container.name());
            engine.stopContainer(container.id(), STOP_GRACE);
            engine.removeContainer(container.id());
        }
    }

    /** What the proxy last said, for a person who has to find out why it does not answer. */
    String lastWords() {
        return engine.listContainers(Map.of(ROLE, PROXY, ARGUMENTS, hash)).stream()
                .findFirst()
                .map(container -> engine.tail(container.id(), 3).stream()
                        .map(LogLine::text)
                        .collect(Collectors.joining(" / ")))
                .filter(words -> !words.isBlank())
                .map(words -> " It said: " + words)
                .orElse("");
    }

    private void start() {
        var image = engine.findImage(settings.image())
                .orElseThrow(() -> new RoutingException("The proxy's image " + settings.image()
                        + " is not on this machine, so no app can be reached."
                        + " Pull it, or build it with: installer/images/build traefik"));
        LOG.info("Starting the proxy {} on ports {} and {}", hash, settings.httpPort(), settings.httpsPort());
        ContainerId id = engine.createSystemContainer(new SystemContainer(
                "signalbox-" + settings.instance() + "-proxy-" + hash,
                image.id(),
                groupOfFiles(),
                arguments,
                Map.of(ROLE, PROXY, ARGUMENTS, hash, PORT, String.valueOf(settings.httpPort())),
                directories,
                List.of(ProxyArguments.LOG)));
        engine.startContainer(id);
    }

    /** The files are ours, and we may not be root: it reads them as one of our group. */
    private int groupOfFiles() {
        try {
            return (Integer) Files.getAttribute(directories.get(ProxyArguments.ROUTES), "unix:gid");
        } catch (IOException e) {
            throw new RoutingException("The proxy's files cannot be looked at, so no app can be reached.", e);
        }
    }

    /** With a port that may be shared, a second proxy would start and take a part of the requests; nobody would notice. */
    private void requireFreePorts() {
        for (var port : List.of(settings.httpPort(), settings.httpsPort(), settings.apiPort())) {
            if (Connections.listenersOn(port) > 0) {
                throw new RoutingException(
                        "Port " + port + " of this machine is in use by another program, so the proxy"
                                + " cannot start and no app can be reached. Stop that program; \"ss -ltnp\" shows which it is.");
            }
        }
    }

    private boolean isCurrent(Container container) {
        return hash.equals(container.labels().get(ARGUMENTS));
    }

    /** Docker starts one again that ends by itself. */
    private static boolean runs(Container container) {
        return container.state() == Container.State.RUNNING || container.state() == Container.State.RESTARTING;
    }
}
