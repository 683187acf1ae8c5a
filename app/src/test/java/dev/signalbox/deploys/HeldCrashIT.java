package dev.signalbox.deploys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.deploys.DoomedProcess.Cargo;
import dev.signalbox.engine.Container;
import dev.signalbox.engine.EngineExtension;
import dev.signalbox.engine.Eventually;
import dev.signalbox.projects.Workload;
import dev.signalbox.routing.TestBackend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our process is killed while one release takes the place of another that must not run beside it. What waits then is lost;
 * the next process sees to it that one of both serves, and never both.
 */
@TestInstance(Lifecycle.PER_CLASS)
class HeldCrashIT {
    private static final int HALTED = 137;
    /** What failed just before requests were answered again may be heard of just after. */
    private static final Duration ECHO = Duration.ofSeconds(2);

    private static final List<String> BEFORE_THE_HOLD = List.of("deploy.holding.before");
    private static final List<String> AFTER_THE_HOLD = List.of("deploy.live.after");

    @RegisterExtension
    static final EngineExtension DOCKER = new EngineExtension();

    @TempDir
    static Path directory;

    private final Ports ports = Ports.free();
    private final TestBackend panel = new TestBackend("panel", ports.panel());
    private Workload workload;
    private String host;
    private String serving = "version 0";
    private int versions;

    @BeforeAll
    void deployOnce() throws Exception {
        try (var rig = open()) {
            var overlapping = rig.workload("solo");
            rig.projects.allowOverlap(overlapping.service(), false);
            workload = rig.projects.findWorkload(overlapping.id()).orElseThrow();
            host = rig.host(workload);
            rig.deployWell(workload, Cargo.GOOD.files(serving));
        }
    }

    @AfterAll
    void close() {
        panel.close();
    }

    private Rig open() throws Exception {
        var rig = DoomedProcess.open(directory, DOCKER.instance(), ports, DOCKER.engine());
        rig.start();
        return rig;
    }

    static Stream<String> points() {
        return Stream.concat(
                Stream.of("deploy.holding.before", "deploy.holding.held", "deploy.holding.after"),
                Stream.of("starting", "checking", "routing", "settling", "live")
                        .flatMap(step -> Stream.of("deploy." + step + ".before", "deploy." + step + ".after")));
    }

    @ParameterizedTest
    @MethodSource("points")
    void oneServesAndNeverTwo(String point) throws Exception {
        var text = "version " + ++versions;
        var first = DOCKER.engine().listContainers(Map.of(Replicas.WORKLOAD, workload.id())).stream()
                .filter(Container::isRunning)
                .findFirst()
                .orElseThrow();
        try (var lives = Lives.of(DOCKER.engine(), workload, first.id());
                var traffic = Traffic.light(ports.http(), host, Set.of(serving, text))) {
            var process = DoomedProcess.start(
                    directory, DOCKER.instance(), ports, workload.id(), Cargo.GOOD, text, "-Dsignalbox.fault=" + point);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isEqualTo(HALTED);
            var deadSince = traffic.age();
            try (var rig = DoomedProcess.open(directory, DOCKER.instance(), ports, DOCKER.engine())) {
                rig.sources.commit(Cargo.GOOD.files(text));
                rig.start();
                awaitSuccess(traffic);
                var answeredAgain = traffic.age();

                var ended = rig.awaitFinalState(rig.deploys.newest(workload).orElseThrow());

                assertThat(ended.state()).as(ended.reason()).isEqualTo(State.LIVE);
                rig.awaitNothingBut(workload, ended);
                serving = text;
                assertThat(rig.ask(workload)).isEqualTo(Apps.answer(text));
                rig.await(workload, Workload.State.LIVE);
                traffic.stop();
                lives.requireOneAtATime();
                assertThat(traffic.failures())
                        .allMatch(failure -> failure.at().compareTo(answeredAgain.plus(ECHO)) < 0);
                if (BEFORE_THE_HOLD.contains(point) || AFTER_THE_HOLD.contains(point)) {
                    assertThat(traffic.failures()).isEmpty();
                }
                System.out.printf(
                        "%s: #%d is live; %d of %d requests lost, all of them while nobody held them; answered again %d ms"
                                + " after our process was found dead%n",
                        point,
                        ended.number(),
                        traffic.failures().size(),
                        traffic.sent(),
                        answeredAgain.minus(deadSince).toMillis());
            }
        }
    }

    private static void awaitSuccess(Traffic traffic) {
        var before =
                traffic.answered().values().stream().mapToInt(Integer::intValue).sum();
        Eventually.within(
                Rig.AT_MOST,
                "answers",
                () -> traffic.answered().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum()
                        > before);
    }
}
