package dev.signalbox.deploys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.engine.Container;
import dev.signalbox.engine.Eventually;
import dev.signalbox.projects.Workload;
import dev.signalbox.routing.Backend;
import dev.signalbox.routing.TestClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Services of which two releases must never run at once: requests wait while one takes the other's place. */
class HeldSwitchIT {
    private static final Duration MOST_BEYOND_STOP_AND_START = Duration.ofMillis(500);
    private static final String GOES_BACK = "#1 was started again and serves.";

    @RegisterExtension
    static final RigExtension RIG = new RigExtension();

    private final Rig rig = RIG.rig();

    @Test
    void losesNoRequestAndNeverRunsTwo() throws Exception {
        var workload = alone("single");
        var versions = List.of("version 1", "version 2", "version 3", "version 4");
        var serving = rig.deployWell(workload, Apps.saying(versions.getFirst()));
        try (var lives = lives(workload);
                var traffic = Traffic.mixed(rig.ports.http(), rig.host(workload), Set.copyOf(versions))) {
            for (var version : versions.subList(1, versions.size())) {
                serving = rig.deployWell(workload, Apps.saying(version));
                measured(serving);
                assertThat(steps(serving))
                        .containsExactly("building", "holding", "starting", "checking", "routing", "settling");
            }
            serving = rig.requireLive(rig.awaitEnd(rig.deploys.redeploy(workload, Rig.ACTOR)));
            serving = rig.requireLive(rig.awaitEnd(rig.deploys.rollback(workload, 2, Rig.ACTOR)));
            rig.awaitNothingBut(workload, serving);
            traffic.stop();

            System.out.println(traffic.failures().size() + " of " + traffic.sent()
                    + " requests failed in 5 held switches, " + traffic.answered());
            assertThat(traffic.failures()).isEmpty();
            assertThat(traffic.answered()).containsOnlyKeys(versions);
            lives.requireOneAtATime();
            assertThat(lives.begun()).isEqualTo(6);
        }
        assertThat(rig.ask(workload)).isEqualTo(Apps.answer("version 2"));
    }

    @Test
    void saysWhatHappened() {
        var workload = alone("talkative");
        rig.deployWell(workload, Apps.saying("version 1"));

        var second = rig.deployWell(workload, Apps.saying("version 2"));

        assertThat(rig.log(second))
                .contains("Hold     requests wait while #1 stops")
                .anyMatch(line -> line.matches(" +#1 stopped after [0-9.]+ s"))
                .anyMatch(line -> line.matches("Route {4}switched in [0-9.]+ s; requests had waited for [0-9.]+ s"));
        assertThat(rig.projects.findWorkload(workload.id()))
                .map(Workload::state)
                .contains(Workload.State.LIVE);
        rig.awaitNothingBut(workload, second);
        assertThat(RIG.docker
                        .inspect(rig.onlyContainer(second).id())
                        .at("/HostConfig/RestartPolicy/Name")
                        .asText())
                .isEqualTo("on-failure");
    }

    @ParameterizedTest
    @EnumSource(names = {"EXITS_AT_ONCE", "NEVER_LISTENS", "DIES_WHEN_REQUESTS_COME", "ANSWERS_500"})
    void givesTheOldOneBackWhenTheNewOneIsSick(Sickness sickness) throws Exception {
        var workload = alone("patient");
        var good = rig.deployWell(workload, Apps.saying("version 1"));
        var container = rig.onlyContainer(good);
        try (var lives = lives(workload)) {
            var failed = rig.deploy(workload, sickness.app());

            assertThat(failed.state()).isEqualTo(State.FAILED);
            assertThat(failed.reason()).matches(sickness.reason(GOES_BACK));
            assertThat(rig.containers(workload)).extracting(Container::id).containsExactly(container.id());
            lives.requireOneAtATime();
        }
        rig.awaitNothingBut(workload, good);
        assertThat(rig.ask(workload)).isEqualTo(Apps.answer("version 1"));
        assertThat(RIG.docker
                        .inspect(container.id())
                        .at("/HostConfig/RestartPolicy/Name")
                        .asText())
                .isEqualTo("on-failure");
        assertThat(rig.deploys.crashes().of(good.id()))
                .as("falls of what we stopped")
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"EXITS_AT_ONCE", "LISTENS_ON_ANOTHER_PORT"})
    void losesNoRequestWhenTheNewOneIsSick(Sickness sickness) {
        var workload = alone("steady");
        rig.deployWell(workload, Apps.saying("version 1"));
        try (var traffic = Traffic.mixed(rig.ports.http(), rig.host(workload), Set.of("version 1"))) {
            var failed = rig.deploy(workload, sickness.app());

            assertThat(failed.reason()).matches(sickness.reason(GOES_BACK));
            var answered = traffic.sent();
            Eventually.within(Rig.AT_MOST, "requests after it", () -> traffic.sent() > answered + 20);
            traffic.stop();
            System.out.println(traffic.failures().size() + " of " + traffic.sent() + " requests failed when " + sickness
                    + " was taken back");
            assertThat(traffic.failures()).isEmpty();
        }
    }

    @Test
    void isCalledOffWhileRequestsWait() {
        var workload = alone("fickle");
        var good = rig.deployWell(workload, Apps.saying("version 1"));
        try (var lives = lives(workload);
                var traffic = Traffic.light(rig.ports.http(), rig.host(workload), Set.of("version 1"))) {
            var deployment = rig.queue(workload, Sickness.NEVER_LISTENS.app());
            rig.await(deployment, State.CHECKING);
            rig.await(workload, Workload.State.HELD);

            assertThat(rig.deploys.cancel(deployment, "ann")).isEqualTo(CancelOutcome.CANCELLING);

            assertThat(rig.awaitEnd(deployment).reason()).isEqualTo("Cancelled by ann. " + GOES_BACK);
            rig.awaitNothingBut(workload, good);
            traffic.stop();
            assertThat(traffic.failures()).isEmpty();
            lives.requireOneAtATime();
        }
        rig.await(workload, Workload.State.LIVE);
    }

    @Test
    void isCalledOffBeforeTheOldOneIsStopped() throws Exception {
        var workload = alone("hesitant");
        var good = rig.deployWell(workload, Apps.saying("version 1"));
        var container = rig.onlyContainer(good);
        var answer = new AtomicReference<TestClient.Answer>();
        var slow = Thread.ofVirtual().start(() -> answer.set(rig.answer(workload, "/?after=4500")));
        var backend = new Backend(container.ip(), 8080);
        Eventually.within(Rig.AT_MOST, "a slow request", () -> rig.routing.openConnections(backend) > 0);
        var deployment = rig.queue(workload, Apps.saying("version 2"));
        rig.await(workload, Workload.State.HELD);

        rig.deploys.cancel(deployment, "ann");

        assertThat(rig.awaitEnd(deployment).reason()).isEqualTo("Cancelled by ann. #1 keeps serving.");
        assertThat(rig.onlyContainer(good).startedAt()).isEqualTo(container.startedAt());
        slow.join();
        assertThat(answer.get().body()).isEqualTo(Apps.answer("version 1"));
        assertThat(rig.ask(workload)).isEqualTo(Apps.answer("version 1"));
    }

    @Test
    void waitsHardlyLongerThanAStopAndAStartTake() throws Exception {
        var workload = alone("quick");
        var serving = rig.deployWell(workload, Apps.saying("version 0"));
        var waits = new ArrayList<Duration>();
        for (int version = 1; version <= 5; version++) {
            try (var waiting = new Waiting(rig.ports.http(), rig.host(workload))) {
                serving = rig.deployWell(workload, Apps.saying("version " + version));
                waits.add(waiting.stop());
            }
        }
        rig.awaitNothingBut(workload, serving);
        var bare = new ArrayList<Duration>();
        for (int round = 0; round < 5; round++) bare.add(stopAndStart(rig.onlyContainer(serving), serving));
        System.out.println("Longest waits in held switches: " + waits + "; a bare stop and start: " + bare
                + "; beyond the median of these: the longest "
                + Collections.max(waits).minus(median(bare)).toMillis() + " ms, the median "
                + median(waits).minus(median(bare)).toMillis() + " ms");
        // One of five may meet whatever else this machine does.
        assertThat(median(waits).minus(median(bare))).isLessThan(MOST_BEYOND_STOP_AND_START);
    }

    private Duration stopAndStart(Container container, Deployment serving) {
        var start = System.nanoTime();
        rig.engine.stopContainer(container.id(), Duration.ofSeconds(5));
        rig.engine.startContainer(container.id());
        Eventually.within(Rig.AT_MOST, "#" + serving.number(), () -> Probe.accepts(container.ip(), 8080));
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static Duration median(List<Duration> durations) {
        return durations.stream().sorted().toList().get(durations.size() / 2);
    }

    /** What a switch cost those who asked meanwhile is known: nothing but time. */
    private void measured(Deployment deployment) {
        Eventually.within(
                Rig.AT_MOST,
                "end of the measurement",
                () -> !rig.deploys.scores().isMeasuring(deployment));
        assertThat(rig.deploys.scores().of(deployment)).hasValueSatisfying(score -> {
            assertThat(score.isComplete()).isTrue();
            assertThat(score.failed()).isZero();
            assertThat(score.slowest()).isGreaterThan(Duration.ofMillis(200));
        });
    }

    private List<String> steps(Deployment deployment) {
        return rig.deploys.steps(deployment).stream().map(Step::name).toList();
    }

    private Lives lives(Workload workload) {
        var serving = rig.deploys.serving(workload).orElseThrow();
        return Lives.of(rig.engine, workload, rig.onlyContainer(serving).id());
    }

    private Workload alone(String name) {
        var workload = rig.workload(name);
        rig.projects.allowOverlap(workload.service(), false);
        return rig.projects.findWorkload(workload.id()).orElseThrow();
    }
}
