package dev.signalbox.deploys;

import dev.signalbox.deploys.Release.ProcessType;
import dev.signalbox.engine.Address;
import dev.signalbox.engine.Container;
import dev.signalbox.engine.ContainerId;
import dev.signalbox.engine.ContainerSpec;
import dev.signalbox.engine.Engine;
import dev.signalbox.engine.EngineException;
import dev.signalbox.engine.Limits;
import dev.signalbox.engine.Network;
import dev.signalbox.engine.Restart;
import dev.signalbox.logs.Logs;
import dev.signalbox.projects.Environment;
import dev.signalbox.projects.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The containers of deployments. Their names follow from the deployment, so starting one twice finds the first; their
 * labels say whose they are, so that none is lost track of.
 */
final class Replicas {
    static final String WORKLOAD = "dev.signalbox.workload";
    static final String DEPLOYMENT = "dev.signalbox.deployment";
    static final String INSTANCE = "dev.signalbox.instance";
    static final String ENVIRONMENT = "dev.signalbox.environment";
    static final String PROCESS = "dev.signalbox.process";
    private static final int MOST_TASKS = 512;

    private final Engine engine;
    private final Ledger ledger;
    private final Logs logs;
    private final DeploySettings settings;
    private final Set<ContainerId> halted = ConcurrentHashMap.newKeySet();

    Replicas(Engine engine, Ledger ledger, Logs logs, DeploySettings settings) {
        this.engine = engine;
        this.ledger = ledger;
        this.logs = logs;
        this.settings = settings;
    }

    /** Runs every process of the release that stays up; what runs already is left as it is. */
    List<Replica> start(Workload workload, Deployment deployment, Release release) {
        var started = new ArrayList<Replica>();
        for (var placement : placements(workload, deployment, release)) started.add(ensureRunning(placement));
        return started;
    }

    /** Makes what {@link #start} will run, so that starting takes less time. */
    void create(Workload workload, Deployment deployment, Release release) {
        for (var placement : placements(workload, deployment, release)) {
            if (engine.findContainer(placement.name(settings.instance())).isEmpty()) create(placement);
        }
    }

    private List<Placement> placements(Workload workload, Deployment deployment, Release release) {
        var network = network(workload.environment());
        engine.ensureNetwork(network, Map.of(INSTANCE, settings.instance(), ENVIRONMENT, environmentId(workload)));
        var variables = variables(workload, deployment, release);
        var placements = new ArrayList<Placement>();
        for (var process : release.running()) {
            for (int index = 1; index <= process.replicas(); index++) {
                placements.add(new Placement(workload, deployment, release, process, index, network, variables));
            }
        }
        return placements;
    }

    /** Starts the command that prepares a release; gives its container, for a look at how it ends. */
    ContainerId startPreparation(Workload workload, Deployment deployment, Release release, ProcessType process) {
        var network = network(workload.environment());
        engine.ensureNetwork(network, Map.of(INSTANCE, settings.instance(), ENVIRONMENT, environmentId(workload)));
        var variables = variables(workload, deployment, release);
        return ensureRunning(new Placement(workload, deployment, release, process, 1, network, variables))
                .container();
    }

    /** The containers that this deployment has, also stopped ones. */
    List<Container> of(Deployment deployment) {
        return engine.listContainers(Map.of(INSTANCE, settings.instance(), DEPLOYMENT, deployment.id()));
    }

    /** Every tenant's container of this appliance. */
    List<Container> all() {
        return engine.listContainers(Map.of(INSTANCE, settings.instance())).stream()
                .filter(container -> container.labels().containsKey(DEPLOYMENT))
                .toList();
    }

    /** Every network of this appliance. */
    List<Network> networks() {
        return engine.listNetworks(Map.of(INSTANCE, settings.instance()));
    }

    /** From now on Docker starts them again when they fall, also while nobody watches. */
    void keepRunning(List<Replica> replicas) {
        for (var replica : replicas) engine.restartPolicy(replica.container(), Restart.AFTER_CRASH);
    }

    Optional<Container> find(Replica replica) {
        return engine.findContainer(replica.container().value());
    }

    /** Ends it; it stays there, to be started again. */
    void halt(ContainerId container) {
        halted.add(container);
        engine.stopContainer(container, settings.stopGrace());
    }

    /** Whether we ended it ourselves, so that it did not fall. */
    boolean isHalted(ContainerId container) {
        return halted.contains(container);
    }

    void stop(Container container) {
        engine.stopContainer(container.id(), settings.stopGrace());
        engine.removeContainer(container.id());
        halted.remove(container.id());
    }

    void rest(Deployment deployment) {
        for (var container : of(deployment)) {
            if (container.isRunning()) engine.stopContainer(container.id(), Duration.ZERO);
        }
    }

    /** What runs of this workload, except commands that only prepare a release. */
    List<Container> running(Workload workload) {
        return engine.listContainers(Map.of(INSTANCE, settings.instance(), WORKLOAD, workload.id())).stream()
                .filter(container -> container.isRunning() || container.state() == Container.State.RESTARTING)
                .filter(container -> !process(container).startsWith(Release.RELEASE + "."))
                .toList();
    }

    static boolean isOf(Deployment deployment, Container container) {
        return deployment.id().equals(container.labels().get(DEPLOYMENT));
    }

    /** When it ends from now on, Docker leaves it at that. */
    void leaveWhenEnded(Container container) {
        engine.restartPolicy(container.id(), Restart.NEVER);
    }

    void keepRunning(Container container) {
        engine.restartPolicy(container.id(), Restart.AFTER_CRASH);
    }

    void remove(Deployment deployment) {
        for (var container : of(deployment)) {
            engine.removeContainer(container.id());
            halted.remove(container.id());
        }
    }

    private Replica ensureRunning(Placement placement) {
        var existing = engine.findContainer(placement.name(settings.instance()));
        if (existing.isPresent()) {
            if (!existing.get().isRunning()) {
                halted.remove(existing.get().id());
                engine.startContainer(existing.get().id());
            }
            return captured(placement, existing.get().id(), requireIp(existing.get()));
        }
        var created = create(placement);
        try {
            engine.startContainer(created.container());
            return captured(placement, created.container(), created.address().ip());
        } catch (EngineException e) {
            engine.releaseAddress(created.address());
            throw e;
        }
    }

    private Created create(Placement placement) {
        var address = engine.reserveAddress(placement.network());
        try {
            var container = engine.createContainer(new ContainerSpec(
                    placement.name(settings.instance()),
                    placement.release().image(),
                    placement.release().profile(),
                    placement.command(),
                    placement.variables(),
                    placement.labels(settings.instance()),
                    address,
                    placement.aliases(),
                    limits(placement.process()),
                    Restart.NEVER));
            return new Created(container, address);
        } catch (EngineException e) {
            engine.releaseAddress(address);
            throw e;
        }
    }

    private Replica captured(Placement placement, ContainerId container, String ip) {
        var replica = new Replica(placement.process(), placement.index(), container, ip);
        logs.capture(placement.workload().id(), source(placement.deployment(), replica), container);
        return replica;
    }

    /** The replica of this release that a container is; empty when the release has none of the kind. */
    static Optional<Replica> replica(Container container, Release release) {
        var label = container.labels().getOrDefault(PROCESS, "");
        int dot = label.lastIndexOf('.');
        var ip = container.ip();
        if (dot < 0 || ip == null) return Optional.empty();
        return release.running().stream()
                .filter(process -> process.name().equals(label.substring(0, dot)))
                .findFirst()
                .map(process -> new Replica(process, Integer.parseInt(label.substring(dot + 1)), container.id(), ip));
    }

    /** Whether requests may go to this container. */
    static boolean isRouted(Container container) {
        return process(container).startsWith(Release.WEB + ".");
    }

    private static String process(Container container) {
        return container.labels().getOrDefault(PROCESS, "");
    }

    /** How the lines of this replica are marked in the workload's log. */
    static String source(Deployment deployment, Replica replica) {
        return replica.label() + " #" + deployment.number();
    }

    private static String requireIp(Container container) {
        if (container.ip() == null) throw new StepFailed("The container " + container.name() + " has no address.");
        return container.ip();
    }

    private Limits limits(ProcessType process) {
        return new Limits(process.memoryMegabytes(), process.cpuMillis(), MOST_TASKS, settings.stopGrace());
    }

    /** What a person set, and above it what the appliance says about where the process runs. */
    private Map<String, String> variables(Workload workload, Deployment deployment, Release release) {
        var variables = new HashMap<>(ledger.variables(release));
        variables.put("PORT", Integer.toString(release.port()));
        variables.put("SIGNALBOX_PROJECT", workload.project().name().value());
        variables.put("SIGNALBOX_ENVIRONMENT", workload.environment().name().value());
        variables.put("SIGNALBOX_SERVICE", workload.service().name().value());
        variables.put("SIGNALBOX_DEPLOYMENT", Long.toString(deployment.number()));
        if (release.commit() != null) variables.put("SIGNALBOX_COMMIT", release.commit());
        return variables;
    }

    String network(Environment environment) {
        return "signalbox-" + settings.instance() + "-" + withoutPrefix(environment.id());
    }

    private static String environmentId(Workload workload) {
        return workload.environment().id();
    }

    static String withoutPrefix(String id) {
        return id.substring(id.indexOf('_') + 1);
    }

    private record Created(ContainerId container, Address address) {}
}
