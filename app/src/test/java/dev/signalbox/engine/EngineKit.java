package dev.signalbox.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.MutableClock;
import dev.signalbox.engine.Container.State;
import dev.signalbox.engine.EngineException.Kind;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every engine promises to those who use it. */
abstract class EngineKit {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final int SIGTERMED = 128 + 15;
    private static final Duration REST = Duration.ofSeconds(61);

    protected final MutableClock clock = new MutableClock();

    /** An engine that goes by {@link #clock}. */
    abstract Engine engine();

    /** An image whose containers stay up when they run {@link #staysUp()}. */
    abstract ImageId image();

    abstract ContainerCommand staysUp();

    /** A name that nothing has yet. */
    abstract String name();

    @Test
    void makesAContainerOncePerName() {
        var spec = spec(name(), Map.of(), null);

        var id = engine().createContainer(spec);

        assertThat(engine().createContainer(spec)).isEqualTo(id);
        assertThat(engine().findContainer(spec.name())).hasValueSatisfying(container -> {
            assertThat(container.state()).isEqualTo(State.CREATED);
            assertThat(container.name()).isEqualTo(spec.name());
            assertThat(container.image()).isEqualTo(image());
            assertThat(container.startedAt()).isNull();
        });
    }

    @Test
    void startsAndStopsAContainer() {
        var id = engine().createContainer(spec(name(), Map.of(), null));

        engine().startContainer(id);
        engine().startContainer(id);

        assertThat(engine().findContainer(id.value())).hasValueSatisfying(container -> {
            assertThat(container.isRunning()).isTrue();
            assertThat(container.startedAt()).isNotNull();
        });
        engine().stopContainer(id, GRACE);
        engine().stopContainer(id, GRACE);
        assertThat(engine().findContainer(id.value())).hasValueSatisfying(container -> {
            assertThat(container.state()).isEqualTo(State.EXITED);
            assertThat(container.exitCode()).isEqualTo(SIGTERMED);
            assertThat(container.finishedAt()).isNotNull();
        });
    }

    @Test
    void letsRestartsBeSwitchedOnWhileAContainerRuns() {
        var id = engine().createContainer(spec(name(), Map.of(), null));
        engine().startContainer(id);

        engine().restartPolicy(id, Restart.NEVER);
        engine().restartPolicy(id, Restart.AFTER_CRASH);

        assertThat(engine().findContainer(id.value()).map(Container::isRunning)).contains(true);
        assertFails(Kind.NOT_FOUND, () -> engine().restartPolicy(new ContainerId("0".repeat(64)), Restart.NEVER));
    }

    @Test
    void removesAContainerThatRuns() {
        var id = engine().createContainer(spec(name(), Map.of(), null));
        engine().startContainer(id);

        engine().removeContainer(id);
        engine().removeContainer(id);

        assertThat(engine().findContainer(id.value())).isEmpty();
    }

    @Test
    void isContentWhenThereIsNothingToStopOrRemove() {
        var nobody = new ContainerId("0".repeat(64));

        engine().stopContainer(nobody, Duration.ofSeconds(1));
        engine().removeContainer(nobody);
        engine().removeNetwork(name());
        engine().removeImage(name() + ":none");

        assertThat(engine().findContainer(name())).isEmpty();
        assertThat(engine().findImage(name() + ":none")).isEmpty();
        assertThat(engine().listeners(nobody)).isEmpty();
    }

    @Test
    void refusesToMakeAContainerOfAnImageThatIsNotThere() {
        var spec = new ContainerSpec(
                name(),
                new ImageId("sha256:" + "0".repeat(64)),
                Profile.RECIPE,
                null,
                Map.of(),
                Map.of(),
                null,
                List.of(),
                Limits.DEFAULT);

        assertFails(Kind.NOT_FOUND, () -> engine().createContainer(spec));
    }

    @Test
    void refusesToStartOrReadAContainerThatIsNotThere() {
        var nobody = new ContainerId("0".repeat(64));

        assertFails(Kind.NOT_FOUND, () -> engine().startContainer(nobody));
        assertFails(Kind.NOT_FOUND, () -> engine().tail(nobody, 10));
        assertFails(Kind.NOT_FOUND, () -> engine().follow(nobody, null, line -> {}));
    }

    @Test
    void listsContainersThatHaveAllTheLabels() {
        var mark = name();
        var web = engine().createContainer(spec(name(), Map.of("mark", mark, "process", "web"), null));
        var worker = engine().createContainer(spec(name(), Map.of("mark", mark, "process", "worker"), null));

        assertThat(engine().listContainers(Map.of("mark", mark)))
                .extracting(Container::id)
                .containsExactlyInAnyOrder(web, worker);
        assertThat(engine().listContainers(Map.of("mark", mark, "process", "web")))
                .extracting(Container::id)
                .containsExactly(web);
    }

    @Test
    void makesANetworkOncePerName() {
        var name = name();
        var network = engine().ensureNetwork(name, Map.of("mark", name));

        assertThat(engine().ensureNetwork(name, Map.of("mark", name))).isEqualTo(network);
        assertThat(engine().listNetworks(Map.of("mark", name))).containsExactly(network);
        engine().removeNetwork(name);
        assertThat(engine().listNetworks(Map.of("mark", name))).isEmpty();
    }

    @Test
    void keepsNetworksApart() {
        var one = engine().ensureNetwork(name(), Map.of());
        var other = engine().ensureNetwork(name(), Map.of());

        assertThat(subnet(one).overlaps(subnet(other))).isFalse();
        assertThat(List.of(subnet(one), subnet(other))).allMatch(Subnets.RANGE::overlaps);
        engine().removeNetwork(one.name());
        engine().removeNetwork(other.name());
    }

    @Test
    void refusesToRemoveANetworkThatAContainerIsOn() {
        var network = engine().ensureNetwork(name(), Map.of()).name();
        var id = engine().createContainer(spec(name(), Map.of(), engine().reserveAddress(network)));
        engine().startContainer(id);

        assertFails(Kind.CONFLICT, () -> engine().removeNetwork(network));
    }

    @Test
    void knowsNoAddressesOfANetworkThatIsNotThere() {
        assertFails(Kind.NOT_FOUND, () -> engine().reserveAddress(name()));
    }

    @Test
    void givesTheContainerItsAddress() {
        var network = engine().ensureNetwork(name(), Map.of()).name();
        var address = engine().reserveAddress(network);
        var id = engine().createContainer(spec(name(), Map.of(), address));

        engine().startContainer(id);

        assertThat(engine().findContainer(id.value()))
                .hasValueSatisfying(container -> assertThat(container.ip()).isEqualTo(address.ip()));
        assertThat(engine().reserveAddress(network)).isNotEqualTo(address);
    }

    @Test
    void letsAnAddressRestBeforeItIsGivenOutAgain() {
        var network = engine().ensureNetwork(name(), Map.of()).name();
        var used = engine().reserveAddress(network);
        var unused = engine().reserveAddress(network);
        engine().removeContainer(engine().createContainer(spec(name(), Map.of(), used)));
        engine().releaseAddress(unused);

        assertThat(reserveAll(network)).doesNotContain(used, unused).hasSize(251);
        clock.advance(REST);
        assertThat(reserveAll(network)).containsExactlyInAnyOrder(used, unused);
    }

    private Set<Address> reserveAll(String network) {
        var reserved = new HashSet<Address>();
        while (true) {
            try {
                reserved.add(engine().reserveAddress(network));
            } catch (EngineException e) {
                assertThat(e).hasMessageContaining("No address is free").hasMessageContaining(network);
                return reserved;
            }
        }
    }

    @Test
    void tellsWhatHappensToContainersWithTheLabels() throws InterruptedException {
        var mark = name();
        var events = new CopyOnWriteArrayList<EngineEvent>();
        var stream = engine().events(Map.of("mark", mark), events::add);
        var id = engine().createContainer(spec(name(), Map.of("mark", mark), null));
        engine().removeContainer(engine().createContainer(spec(name(), Map.of(), null)));
        engine().startContainer(id);
        engine().stopContainer(id, GRACE);
        engine().removeContainer(id);

        Eventually.within(SOON, "three events", () -> events.size() >= 3);
        assertThat(stream.awaitEnd(Duration.ZERO)).isFalse();
        stream.close();
        assertThat(stream.awaitEnd(SOON)).isTrue();
        assertThat(events.stream().map(EngineKit::tell))
                .containsExactly("started " + id, "died " + id + " " + SIGTERMED, "removed " + id);
    }

    private static String tell(EngineEvent event) {
        return switch (event) {
            case EngineEvent.Started started -> "started " + started.id();
            case EngineEvent.Died died -> "died " + died.id() + " " + died.exitCode();
            case EngineEvent.OutOfMemory killed -> "out of memory " + killed.id();
            case EngineEvent.Removed removed -> "removed " + removed.id();
            case EngineEvent.Resumed resumed -> "resumed";
        };
    }

    private static Subnet subnet(Network network) {
        return Subnet.parse(network.subnet()).orElseThrow();
    }

    protected ContainerSpec spec(String name, Map<String, String> labels, Address address) {
        return new ContainerSpec(
                name,
                image(),
                Profile.RECIPE,
                staysUp(),
                Map.of("PORT", "8080"),
                labels,
                address,
                List.of("web"),
                Limits.DEFAULT);
    }

    protected static void assertFails(Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        EngineException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
