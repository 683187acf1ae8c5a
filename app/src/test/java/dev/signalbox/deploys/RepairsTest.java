package dev.signalbox.deploys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.engine.EngineException;
import dev.signalbox.engine.EngineException.Kind;
import dev.signalbox.engine.FakeEngine;
import dev.signalbox.engine.Faults.Call;
import dev.signalbox.logs.Logs;
import dev.signalbox.projects.Workload;
import dev.signalbox.routing.ProxySettings;
import dev.signalbox.routing.Routing;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a worker is started again that does not stay up. */
class RepairsTest {
    @TempDir
    private Path directory;

    private TestLedger books;
    private FakeEngine engine;
    private Replicas replicas;
    private Repairs repairs;
    private Workload workload;
    private Deployment serving;

    @BeforeEach
    void open() throws InterruptedException {
        engine = new FakeEngine(Clock.systemUTC());
        books = new TestLedger(directory, engine.addImage("app"));
        var clock = Clock.systemUTC();
        var settings = DeploySettings.standard("test", 1);
        var proxy = new ProxySettings("test", directory, 1, 2, 3, 4, "localhost", "proxy");
        var routing = new Routing(books.db, engine, proxy, clock, books.ids);
        var probe = new Probe();
        replicas = new Replicas(engine, books.ledger, new Logs(directory, engine, clock), settings);
        var switchover = new Switchover(routing, replicas, probe, settings);
        var postmortem = new Postmortem(engine);
        var health = new Health(engine, replicas, postmortem, probe, settings);
        var rollout = new Rollout(engine, replicas, health, postmortem, switchover, books.ledger, settings);
        var healing = new Healing(new Vigil(probe, settings, () -> {}), replicas);
        repairs = new Repairs(books.ledger, replicas, healing, rollout, routing, books.projects, books.clock);
        workload = books.workloads("mill").getFirst();
        serving = books.live(workload, "worker");
        mend();
    }

    @AfterEach
    void close() {
        books.close();
    }

    @Test
    void takesAServingReleaseUpOnce() throws InterruptedException {
        assertThat(replicas.of(serving)).hasSize(1).allMatch(container -> container.isRunning());
        assertThat(engine.faults.count(Call.RESTART_POLICY)).isEqualTo(1);

        mend();

        assertThat(engine.faults.count(Call.RESTART_POLICY)).isEqualTo(1);
    }

    @Test
    void startsAgainAtOnceAndThenAfterGrowingPauses() throws InterruptedException {
        fall();
        assertThat(starts()).as("the first, and at once").isEqualTo(2);
        fall();
        assertThat(starts()).as("not yet").isEqualTo(2);
        pass(Duration.ofMillis(999));
        assertThat(starts()).isEqualTo(2);
        pass(Duration.ofMillis(1));
        assertThat(starts()).as("after 1 s").isEqualTo(3);
        fall();
        pass(Duration.ofMillis(1999));
        assertThat(starts()).isEqualTo(3);
        pass(Duration.ofMillis(1));
        assertThat(starts()).as("after 2 s").isEqualTo(4);
    }

    @Test
    void saysThatItIsCrashingUntilItStoodForItsPause() throws InterruptedException {
        for (int fall = 1; fall <= 5; fall++) {
            assertThat(state()).isEqualTo(Workload.State.LIVE);
            fall();
        }
        assertThat(state()).isEqualTo(Workload.State.CRASHING);

        pass(Duration.ofSeconds(8));
        assertThat(replicas.of(serving)).allMatch(container -> container.isRunning());
        mend();

        assertThat(state()).isEqualTo(Workload.State.LIVE);
    }

    @Test
    void countsAStartThatFailsAsAFall() throws InterruptedException {
        engine.listContainers(Map.of()).forEach(container -> engine.removeContainer(container.id()));
        engine.faults.refuse(Call.CREATE_CONTAINER, 1, Kind.REFUSED);
        engine.faults.refuse(Call.CREATE_CONTAINER, 2, Kind.REFUSED);

        assertThatThrownBy(this::mend).isInstanceOf(EngineException.class);
        assertThatThrownBy(this::mend).isInstanceOf(EngineException.class);
        mend();
        assertThat(replicas.of(serving)).as("not yet").isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(replicas.of(serving)).hasSize(1);
    }

    @Test
    void leavesWhatServesNoMoreAlone() throws InterruptedException {
        var old = serving;
        engine.listContainers(Map.of()).forEach(container -> engine.removeContainer(container.id()));
        books.live(workload, "worker");

        repairs.mend(old, List.of());

        assertThat(replicas.of(old)).isEmpty();
    }

    private void fall() throws InterruptedException {
        replicas.of(serving).forEach(container -> engine.exit(container.id(), 1));
        repairs.fell(serving.id());
        mend();
    }

    private void pass(Duration time) throws InterruptedException {
        books.clock.advance(time);
        mend();
    }

    private void mend() throws InterruptedException {
        repairs.mend(serving, replicas.all());
    }

    private int starts() {
        return engine.faults.count(Call.START_CONTAINER);
    }

    private Workload.State state() {
        return books.projects.findWorkload(workload.id()).orElseThrow().state();
    }
}
