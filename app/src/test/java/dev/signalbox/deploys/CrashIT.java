package dev.signalbox.deploys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.deploys.DoomedProcess.Cargo;
import dev.signalbox.engine.Container;
import dev.signalbox.engine.EngineExtension;
import dev.signalbox.engine.Eventually;
import dev.signalbox.projects.Workload;
import dev.signalbox.routing.TestBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our process is killed in the middle of deployments, while requests go on; the next process puts everything right. */
@TestInstance(Lifecycle.PER_CLASS)
class CrashIT {
    private static final int HALTED = 137;
    private static final int LONGEST_LIFE_MILLIS = 6_000;
    private static final String GOES_ON = "Signalbox was restarted; the deployment goes on with ";

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

    /** What is different after the process was started again. */
    private record Outcome(Deployment deployment, Optional<SwitchScore> score, int sent, String left) {}

    @BeforeAll
    void deployOnce() throws Exception {
        try (var rig = open()) {
            workload = rig.workload("phoenix");
            host = rig.host(workload);
            rig.deployWell(workload, Cargo.GOOD.files(serving));
        }
    }

    @AfterAll
    void leaveNothing() throws Exception {
        try (var rig = open()) {
            rig.awaitNothingBut(workload, rig.deploys.serving(workload).orElseThrow());
        } finally {
            panel.close();
        }
    }

    private Rig open() throws Exception {
        var rig = DoomedProcess.open(directory, DOCKER.instance(), ports, DOCKER.engine());
        rig.start();
        return rig;
    }

    static Stream<String> points() {
        return Stream.of("building", "releasing", "starting", "checking", "routing", "settling", "live")
                .flatMap(step -> Stream.of("deploy." + step + ".before", "deploy." + step + ".after"));
    }

    @ParameterizedTest
    @MethodSource("points")
    void goesLiveInTheNextProcess(String point) throws Exception {
        var text = "version " + ++versions;

        var outcome = crash(Cargo.GOOD, text, process -> process.waitFor(1, TimeUnit.MINUTES), fault(point));

        assertThat(outcome.deployment().state())
                .as(outcome.deployment().reason())
                .isEqualTo(State.LIVE);
        assertThat(serving).isEqualTo(text);
        assertThat(outcome.score().map(SwitchScore::isComplete)).isEqualTo(isMeasured(point));
        tell(point, outcome);
    }

    /** A switch that was cut off is not measured again; one that had not begun, or was over, is measured to the end. */
    private static Optional<Boolean> isMeasured(String point) {
        var isCutOff = point.startsWith("deploy.routing.")
                || point.startsWith("deploy.settling.")
                || point.startsWith("deploy.live.");
        return Optional.of(!isCutOff);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy.checking.before", "deploy.ending.before", "deploy.ending.after"})
    void failsInTheNextProcessWhenItIsSick(String point) throws Exception {
        var before = serving;

        var outcome = crash(Cargo.SICK, "", process -> process.waitFor(1, TimeUnit.MINUTES), fault(point));

        assertThat(outcome.deployment().state()).isEqualTo(State.FAILED);
        assertThat(outcome.deployment().reason()).matches(Sickness.EXITS_AT_ONCE.reason("#[0-9]+ keeps serving."));
        assertThat(serving).isEqualTo(before);
        tell("sick, " + point, outcome);
    }

    @RepeatedTest(4)
    void survivesAKillAtAnyMoment() throws Exception {
        int life = ThreadLocalRandom.current().nextInt(LONGEST_LIFE_MILLIS);

        var outcome = crash(Cargo.GOOD, "version " + ++versions, process -> {
            if (!process.waitFor(life, TimeUnit.MILLISECONDS)) process.destroyForcibly();
            return process.waitFor(1, TimeUnit.MINUTES);
        });

        assertThat(outcome.deployment().state()).isEqualTo(State.LIVE);
        tell("after " + life + " ms", outcome);
    }

    private static String fault(String point) {
        return "-Dsignalbox.fault=" + point;
    }

    private interface Death {
        boolean await(Process process) throws InterruptedException;
    }

    private Outcome crash(Cargo cargo, String text, Death death, String... options) throws Exception {
        try (var traffic = Traffic.light(ports.http(), host, Set.of(serving, text))) {
            var process = DoomedProcess.start(directory, DOCKER.instance(), ports, workload.id(), cargo, text, options);
            assertThat(death.await(process)).isTrue();
            if (options.length > 0)
                assertThat(process.exitValue()).as(this::printed).isEqualTo(HALTED);
            try (var rig = DoomedProcess.open(directory, DOCKER.instance(), ports, DOCKER.engine())) {
                rig.sources.commit(cargo.files(text));
                rig.start();
                return settle(rig, traffic);
            }
        }
    }

    private Outcome settle(Rig rig, Traffic traffic) {
        var deployment = rig.awaitFinalState(rig.deploys.newest(workload).orElseThrow());
        var now = rig.deploys.serving(workload).orElseThrow();
        Eventually.within(
                Rig.AT_MOST,
                "first aid and nothing unknown",
                () -> rig.containers(workload).stream().allMatch(container -> isWanted(rig, now, container)));
        assertThat(rig.containers(now)).hasSize(1).allMatch(Container::isRunning);
        serving = rig.ask(workload).replaceFirst(" 0$", "");
        traffic.stop();
        assertThat(traffic.failures()).isEmpty();
        assertThat(traffic.answered().keySet()).contains(serving);
        assertThat(rig.deploys.steps(deployment)).extracting(Step::state).doesNotContain("running");
        assertThat(rig.log(deployment)).anyMatch(line -> !wasCutOff(rig, deployment) || line.startsWith(GOES_ON));
        Eventually.within(
                Rig.AT_MOST,
                "end of the measurement",
                () -> !rig.deploys.scores().isMeasuring(deployment));
        return new Outcome(deployment, rig.deploys.scores().of(deployment), traffic.sent(), left(rig));
    }

    private static boolean wasCutOff(Rig rig, Deployment deployment) {
        return rig.deploys.steps(deployment).stream().anyMatch(step -> "Signalbox was restarted".equals(step.detail()));
    }

    /** It serves, and Docker starts it after a crash; or it served before, and ends its last requests. */
    private boolean isWanted(Rig rig, Deployment now, Container container) {
        var id = container.labels().get(Replicas.DEPLOYMENT);
        if (!id.equals(now.id())) {
            return rig.deploys
                    .find(id)
                    .map(Deployment::state)
                    .filter(State.LIVE::equals)
                    .isPresent();
        }
        return DOCKER.inspect(container.id())
                .at("/HostConfig/RestartPolicy/Name")
                .asText()
                .equals("on-failure");
    }

    private String left(Rig rig) {
        return rig.containers(workload).stream()
                .map(container -> rig.deploys
                        .find(container.labels().get(Replicas.DEPLOYMENT))
                        .map(deployment -> "#" + deployment.number())
                        .orElse("a stranger"))
                .sorted()
                .collect(Collectors.joining(" and "));
    }

    private static void tell(String point, Outcome outcome) {
        System.out.printf(
                "%s: #%d is %s; %d of %d requests answered; left: %s%n",
                point,
                outcome.deployment().number(),
                outcome.deployment().state().word(),
                outcome.sent(),
                outcome.sent(),
                outcome.left());
    }

    private String printed() {
        try {
            return String.join("\n", List.of(Files.readString(directory.resolve("doomed.log"))));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
