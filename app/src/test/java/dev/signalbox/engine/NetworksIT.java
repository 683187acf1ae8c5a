package dev.signalbox.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.model.Network.Ipam;
import dev.signalbox.engine.EngineException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bridges and addresses on a host that has other networks. */
class NetworksIT {
    @RegisterExtension
    static final EngineExtension docker = new EngineExtension();

    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Engine engine = docker.engine();
    private final Sandbox sandbox = new Sandbox(docker, engine);

    @Test
    void namesTheBridgeSoThatTheFirewallKnowsIt() {
        var name = docker.name("firewall");
        engine.ensureNetwork(name, Map.of());

        assertThat(Networks.bridge(name)).matches("sbx-[0-9a-f]{8}");
        assertThat(Path.of("/sys/class/net", Networks.bridge(name)))
                .satisfies(bridge -> assertThat(Files.exists(bridge)).isTrue());
    }

    @Test
    void goesAroundANetworkThatSomebodyElseMade() {
        var name = docker.name("around");
        var wanted = firstChoice(name);
        make(docker.name("foreign"), wanted);

        var network = engine.ensureNetwork(name, Map.of());

        assertThat(Subnet.parse(network.subnet())).hasValueSatisfying(subnet -> {
            assertThat(subnet.overlaps(wanted)).isFalse();
            assertThat(Subnets.RANGE.overlaps(subnet)).isTrue();
            assertThat(HostRoutes.read()).contains(subnet);
        });
    }

    @Test
    void findsAnotherSubnetWhenSomebodyIsQuicker() throws Exception {
        var name = docker.name("race");
        var rival = IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> docker.name("rival" + i))
                .filter(other -> firstChoice(other).equals(firstChoice(name)))
                .findFirst()
                .orElseThrow();
        var other = DockerEngine.connect(EngineExtension.host(), docker.instance(), Clock.systemUTC());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var ours = threads.submit(() -> engine.ensureNetwork(name, Map.of()));
            var theirs = threads.submit(() -> other.ensureNetwork(rival, Map.of()));

            assertThat(ours.get().subnet()).isNotEqualTo(theirs.get().subnet());
        } finally {
            other.close();
        }
    }

    @Test
    void leavesANetworkAloneThatIsNotOurs() {
        var name = docker.name("taken");
        var foreign = DockerEngine.connect(
                EngineExtension.host(), TestInstance.fresh().toString(), Clock.systemUTC());
        try {
            foreign.ensureNetwork(name, Map.of());

            assertThatThrownBy(() -> engine.ensureNetwork(name, Map.of())).hasMessageContaining("did not make");
            assertThatThrownBy(() -> engine.removeNetwork(name)).hasMessageContaining("did not make");
            assertThat(engine.listNetworks(Map.of())).extracting(Network::name).doesNotContain(name);
        } finally {
            foreign.removeNetwork(name);
            foreign.close();
        }
    }

    @Test
    void makesNetworksAndReservesAddressesFromManyThreads() throws Exception {
        var network = docker.name("crowd");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Address> reservation = () -> {
                engine.ensureNetwork(network, Map.of());
                return engine.reserveAddress(network);
            };
            Set<Address> reserved = new HashSet<>();
            for (Future<Address> address : threads.invokeAll(List.of(
                    reservation, reservation, reservation, reservation, reservation, reservation, reservation))) {
                reserved.add(address.get());
            }

            assertThat(reserved).hasSize(7);
            assertThat(engine.listNetworks(Map.of())).extracting(Network::name).containsOnlyOnce(network);
        }
    }

    @Test
    void keepsTheAddressOfAContainerThroughStopAndStart() {
        var network = engine.ensureNetwork(docker.name("static"), Map.of()).name();
        var address = engine.reserveAddress(network);
        var id = engine.createContainer(sandbox.spec("exec sleep 300", Profile.RECIPE, address));
        engine.startContainer(id);
        engine.stopContainer(id, GRACE);
        var neighbour = engine.reserveAddress(network);
        engine.startContainer(engine.createContainer(sandbox.spec("exec sleep 300", Profile.RECIPE, neighbour)));

        engine.startContainer(id);

        assertThat(engine.findContainer(id.value()).map(Container::ip)).contains(address.ip());
        assertThat(neighbour).isNotEqualTo(address);
    }

    @Test
    void refusesASecondContainerOnAnAddress() {
        var network = engine.ensureNetwork(docker.name("twice"), Map.of()).name();
        var address = engine.reserveAddress(network);
        engine.startContainer(engine.createContainer(sandbox.spec("exec sleep 300", Profile.RECIPE, address)));
        var second = engine.createContainer(sandbox.spec("exec sleep 300", Profile.RECIPE, address));

        assertThatThrownBy(() -> engine.startContainer(second))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT))
                .hasMessageEndingWith("Address already in use.");
    }

    @Test
    void findsWhatIsInUseAfterARestartOfOurs() {
        var network = engine.ensureNetwork(docker.name("restart"), Map.of()).name();
        engine.reserveAddress(network);
        var created = engine.reserveAddress(network);
        engine.createContainer(sandbox.spec("exec sleep 300", Profile.RECIPE, created));
        var removed = engine.reserveAddress(network);
        var stopped = engine.reserveAddress(network);
        var id = engine.createContainer(sandbox.spec("exec sleep 300", Profile.RECIPE, stopped));
        engine.startContainer(id);
        engine.stopContainer(id, GRACE);

        var restarted = DockerEngine.connect(EngineExtension.host(), docker.instance(), InstantSource.system());
        try {
            var next = restarted.reserveAddress(network);

            assertThat(next).isNotIn(created, removed, stopped);
            assertThat(Subnet.number(next.ip())).isEqualTo(Subnet.number(stopped.ip()) + 1);
        } finally {
            restarted.close();
        }
    }

    @Test
    void letsContainersOfABridgeFindEachOtherByName() throws InterruptedException {
        var network = engine.ensureNetwork(docker.name("names"), Map.of()).name();
        var box = sandbox.spec("exec sleep 300", Profile.RECIPE, engine.reserveAddress(network));
        var web = new ContainerSpec(
                box.name(),
                box.image(),
                box.profile(),
                box.command(),
                Map.of(),
                Map.of(),
                box.address(),
                List.of("web", "web.internal"),
                box.limits());
        engine.startContainer(engine.createContainer(web));
        var other = engine.createContainer(
                sandbox.spec("getent hosts web.internal", Profile.RECIPE, engine.reserveAddress(network)));
        engine.startContainer(other);
        sandbox.awaitEnd(other);

        assertThat(engine.tail(other, 5))
                .anyMatch(line -> line.text().startsWith(web.address().ip()));
    }

    /** What a host with nothing else on it would give a network of this name. */
    private static Subnet firstChoice(String name) {
        var taken = HostRoutes.read();
        return new Subnets(InstantSource.system())
                .candidates(name, taken)
                .findFirst()
                .orElseThrow();
    }

    private static void make(String name, Subnet subnet) {
        docker.connection()
                .make(
                        "make a network",
                        session -> session.docker()
                                .createNetworkCmd()
                                .withName(name)
                                .withIpam(new Ipam().withConfig(new Ipam.Config().withSubnet(subnet.toString())))
                                .withLabels(Map.of(Ownership.LABEL, docker.instance()))
                                .exec());
    }
}
