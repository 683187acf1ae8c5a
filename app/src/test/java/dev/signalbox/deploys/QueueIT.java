package dev.signalbox.deploys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.engine.Eventually;
import dev.signalbox.projects.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Deployments that wait for each other, overtake each other, and are called off. */
class QueueIT {
    private static final Duration PROMPTLY = Duration.ofSeconds(5);
    private static final Map<String, String> ENDLESS_BUILD =
            Map.of("Dockerfile", "FROM debian:trixie-slim\nRUN echo begun && sleep 300\n");
    private static final Map<String, String> ENDLESS_RELEASE =
            Apps.with(Apps.saying("prepared"), "Procfile", "release: sleep 300\n");

    @RegisterExtension
    static final RigExtension RIG = new RigExtension().settling(Duration.ofSeconds(3));

    private final Rig rig = RIG.rig();

    @ParameterizedTest
    @EnumSource(names = {"BUILDING", "RELEASING", "CHECKING", "SETTLING"})
    void callsADeploymentOffAtAnyStep(State step) {
        var workload = rig.workload("fickle");
        var good = rig.deployWell(workload, Apps.saying("version 1"));
        var route = rig.route(workload);
        var container = rig.onlyContainer(good);
        var deployment = rig.queue(workload, busyAt(step));
        rig.await(deployment, step);
        if (step == State.BUILDING) awaitLine(deployment, "begun");

        assertThat(rig.deploys.cancel(deployment, "ann")).isEqualTo(CancelOutcome.CANCELLING);

        Eventually.within(PROMPTLY, "end", () -> rig.now(deployment).finishedAt() != null);
        var ended = rig.awaitEnd(deployment);
        assertThat(ended.state()).isEqualTo(State.CANCELLED);
        assertThat(ended.reason()).isEqualTo("Cancelled by ann. #1 keeps serving.");
        assertThat(rig.log(deployment)).endsWith("", ended.reason());
        assertThat(rig.deploys.steps(deployment).getLast())
                .extracting(Step::name, Step::state)
                .containsExactly(step.word(), "cancelled");
        assertThat(rig.containers(workload)).containsExactly(container);
        assertThat(rig.route(workload)).isEqualTo(route);
        assertThat(rig.ask(workload)).isEqualTo(Apps.answer("version 1"));
        assertThat(rig.deploys.cancel(deployment, "ann")).isEqualTo(CancelOutcome.ALREADY_ENDED);
        assertThat(rig.deploys.cancel(good, "ann")).isEqualTo(CancelOutcome.ALREADY_ENDED);
    }

    /** What stays at this step until it is called off. */
    static Map<String, String> busyAt(State step) {
        return switch (step) {
            case BUILDING -> ENDLESS_BUILD;
            case RELEASING -> ENDLESS_RELEASE;
            case CHECKING -> Sickness.NEVER_LISTENS.app();
            default -> Apps.saying("version 2");
        };
    }

    private void awaitLine(Deployment deployment, String text) {
        Eventually.within(
                Rig.AT_MOST,
                "line",
                () -> rig.log(deployment).stream().anyMatch(line -> line.endsWith(text) && !line.contains("echo")));
    }

    @Test
    void callsADeploymentOffThatWaits() {
        var workload = rig.workload("fickle");
        var running = rig.queue(workload, ENDLESS_BUILD);
        rig.await(running, State.BUILDING);
        var waiting = rig.queue(workload, Apps.saying("version 2"));

        assertThat(rig.deploys.cancel(waiting, "ann")).isEqualTo(CancelOutcome.CANCELLING);

        assertThat(rig.now(waiting).state()).isEqualTo(State.CANCELLED);
        assertThat(rig.now(waiting).reason()).isEqualTo("Cancelled by ann while it waited.");
        assertThat(rig.now(running).state()).isEqualTo(State.BUILDING);
        rig.deploys.cancel(running, "ann");
        assertThat(rig.awaitEnd(running).reason())
                .isEqualTo("Cancelled by ann. Nothing served before, and nothing does now.");
        assertThat(rig.deploys.steps(waiting)).isEmpty();
    }

    @Test
    void letsTheNewestOvertakeThoseThatWait() {
        var workload = rig.workload("busy");
        var running = rig.queue(workload, ENDLESS_RELEASE);
        rig.await(running, State.RELEASING);

        var overtaken = rig.queue(workload, Apps.saying("version 2"));
        var newest = rig.queue(workload, Apps.saying("version 3"));

        assertThat(rig.now(overtaken).state()).isEqualTo(State.SUPERSEDED);
        assertThat(rig.now(overtaken).reason()).isEqualTo("Deployment #3 overtook it while it waited.");
        assertThat(rig.now(overtaken).supersededBy()).isEqualTo(3);
        assertThat(rig.now(newest).state()).isEqualTo(State.QUEUED);
        assertThat(rig.awaitEnd(running).state()).isEqualTo(State.FAILED);
        rig.requireLive(rig.awaitEnd(newest));
        assertThat(rig.ask(workload)).isEqualTo(Apps.answer("version 3"));
    }

    @Test
    void runsDeploymentsOfTwoServicesSideBySide() {
        var slow = rig.workload("slow");
        var quick = rig.workload("quick");
        var held = rig.queue(slow, ENDLESS_BUILD);
        rig.await(held, State.BUILDING);

        rig.deployWell(quick, Apps.saying("version 1"));

        assertThat(rig.now(held).state()).isEqualTo(State.BUILDING);
        rig.deploys.cancel(held, "ann");
        assertThat(rig.awaitEnd(held).state()).isEqualTo(State.CANCELLED);
    }

    @Test
    void leavesExactlyWhatServesAfterTwentyActsAtOnce() throws Exception {
        var workload = rig.workload("crowded");
        rig.deployWell(workload, Apps.saying("version 0"));
        var acts = new ArrayList<Callable<Object>>();
        for (int act = 0; act < 20; act++) acts.add(act(workload, act));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : threads.invokeAll(acts)) done.get();
        }

        Eventually.within(
                Rig.AT_MOST,
                "end of all",
                () -> rig.deploys.recent(workload.service(), 100).stream()
                        .allMatch(deployment -> deployment.finishedAt() != null));

        var all = rig.deploys.recent(workload.service(), 100);
        assertThat(all.reversed())
                .extracting(Deployment::number)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, all.size())
                        .mapToObj(Long::valueOf)
                        .toList());
        assertThat(all)
                .filteredOn(deployment -> deployment.state() == State.FAILED)
                .isEmpty();
        var serving = rig.deploys.serving(workload).orElseThrow();
        var newestLive = all.stream()
                .filter(deployment -> deployment.state() == State.LIVE)
                .findFirst()
                .orElseThrow();
        assertThat(serving.id()).isEqualTo(newestLive.id());
        rig.awaitNothingBut(workload, serving);
        assertThat(rig.answer(workload, "/").status()).isEqualTo(200);
        assertThat(all)
                .allSatisfy(deployment -> assertThat(rig.isLogOver(deployment)).isTrue());
    }

    private Callable<Object> act(Workload workload, int number) {
        return switch (number % 4) {
            case 0 -> () -> rig.queue(workload, Apps.saying("version " + number));
            case 1 -> () -> rig.deploys.redeploy(workload, Rig.ACTOR);
            case 2 -> () -> rig.deploys.rollback(workload, 1, Rig.ACTOR);
            default -> () -> rig.deploys.cancel(rig.deploys.newest(workload).orElseThrow(), Rig.ACTOR);
        };
    }
}
