package dev.signalbox.deploys;

import static dev.signalbox.db.schema.tables.DeploymentSteps.DEPLOYMENT_STEPS;
import static dev.signalbox.db.schema.tables.Deployments.DEPLOYMENTS;
import static dev.signalbox.db.schema.tables.Releases.RELEASES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.deploys.DeploymentOrder.Content;
import dev.signalbox.engine.ImageId;
import dev.signalbox.engine.Profile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;

class LedgerTest extends LedgerKit {
    @Test
    void numbersTheDeploymentsOfAServiceOverAllItsEnvironments() {
        assertThat(books.queue(production).number()).isEqualTo(1);
        assertThat(books.queue(staging).number()).isEqualTo(2);
        assertThat(books.queue(books.workloads("blog").getFirst()).number()).isEqualTo(1);
        assertThat(ledger.ofService(production.service().id(), 10))
                .extracting(Deployment::number)
                .containsExactly(2L, 1L);
    }

    @Test
    void keepsTheImagesOfTheLastGoodReleasesAndOfWhatIsUnderWay() {
        var images = new ArrayList<ImageId>();
        for (int number = 1; number <= 9; number++) {
            var deployment = books.queue(production);
            ledger.begin(deployment, State.BUILDING, null);
            var image = new ImageId("sha256:%064d".formatted(number));
            images.add(image);
            var release = ledger.freeze(deployment, image, Profile.RECIPE, 8080, List.of(), Map.of());
            switch (number) {
                case 3, 7 -> ledger.end(deployment, State.FAILED, "No.");
                case 9 -> {}
                default -> ledger.becomeLive(deployment, release, ledger.servingOf(production), null);
            }
        }

        assertThat(ledger.imagesWorthKeeping(3))
                .containsExactlyInAnyOrder(images.get(4), images.get(5), images.get(7), images.get(8));
        ledger.queue(new DeploymentOrder(
                production,
                Cause.ROLLBACK,
                "ann",
                new Content.Existing(ledger.release(production.id(), 2).orElseThrow())));
        assertThat(ledger.imagesWorthKeeping(3)).contains(images.get(1)).doesNotContain(images.getFirst());
    }

    @Test
    void keepsTheImageOfWhatFailedLastForADay() {
        books.live(production, "web");
        var failed = books.queue(production);
        ledger.begin(failed, State.BUILDING, null);
        var image = new ImageId("sha256:" + "f".repeat(64));
        ledger.freeze(failed, image, Profile.RECIPE, 8080, List.of(), Map.of());
        ledger.end(failed, State.FAILED, "No.");
        assertThat(ledger.imagesWorthKeeping(5)).contains(image);
        books.clock.advance(Duration.ofHours(24));
        assertThat(ledger.imagesWorthKeeping(5)).hasSize(1).doesNotContain(image);
    }

    @Test
    void keepsEvidenceOfTheLastFailuresUntilOneGoesWellAndForADay() {
        books.live(production, "web");
        var failed = new ArrayList<String>();
        for (int number = 0; number < 5; number++) failed.add(fail());
        var cancelled = books.queue(production);
        ledger.end(cancelled, State.CANCELLED, "Never mind.");
        assertThat(ledger.evidence()).containsExactlyInAnyOrderElementsOf(failed.subList(2, 5));

        books.clock.advance(Duration.ofHours(23));
        var late = fail();
        books.clock.advance(Duration.ofHours(1));
        assertThat(ledger.evidence()).containsExactly(late);
        books.live(staging, "web");
        assertThat(ledger.evidence()).as("of another environment").containsExactly(late);
        books.live(production, "web");
        assertThat(ledger.evidence()).isEmpty();
    }

    private String fail() {
        var deployment = books.queue(production);
        ledger.begin(deployment, State.BUILDING, null);
        ledger.end(deployment, State.FAILED, "No.");
        books.clock.advance(Duration.ofMillis(1));
        return deployment.id();
    }

    @Test
    void knowsTheNewestDeploymentsOfEveryService() {
        var other = books.workloads("blog").getFirst();
        var first = books.queue(production);
        var second = books.queue(staging);
        var third = books.queue(production);
        var only = books.queue(other);

        assertThat(ledger.idsWithLogs(2)).containsExactlyInAnyOrder(second.id(), third.id(), only.id());
        assertThat(ledger.idsWithLogs(3)).contains(first.id());
    }

    @Test
    void givesEveryDeploymentANumberOfItsOwnHoweverManyComeAtOnce() throws Exception {
        var orders = new ArrayList<Callable<Long>>();
        for (int i = 0; i < 20; i++) orders.add(() -> books.queue(production).number());
        var numbers = new ArrayList<Long>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var number : threads.invokeAll(orders)) numbers.add(number.get());
        }

        assertThat(numbers)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 20).boxed().toList());
        assertThat(ledger.unfinished()).extracting(Deployment::number).containsExactly(20L);
    }

    @Test
    void letsTheNewestOvertakeThoseOfTheSameEnvironmentThatWait() {
        var running = books.queue(production);
        ledger.begin(running, State.BUILDING, null);
        var elsewhere = books.queue(staging);
        var waiting = books.queue(production);

        var queued = ledger.queue(TestLedger.order(production));

        assertThat(queued.overtaken()).containsExactly(waiting.id());
        assertThat(books.now(waiting)).hasValueSatisfying(overtaken -> {
            assertThat(overtaken.state()).isEqualTo(State.SUPERSEDED);
            assertThat(overtaken.supersededBy()).isEqualTo(4);
            assertThat(overtaken.reason()).isEqualTo("Deployment #4 overtook it while it waited.");
            assertThat(overtaken.finishedAt()).isEqualTo(books.clock.instant());
        });
        assertThat(List.of(running, elsewhere, queued.deployment()))
                .allSatisfy(other ->
                        assertThat(books.now(other).orElseThrow().finishedAt()).isNull());
        assertThat(ledger.nextQueued(production.id())).map(Deployment::number).contains(4L);
    }

    @Test
    void keepsWhatADeploymentFailedOf() {
        var ended = books.queue(production);
        var failure = new Failure(Failure.Kind.OUT_OF_MEMORY, 137);
        assertThat(ledger.fail(ended, "It needed more.", failure)).isTrue();
        assertThat(books.now(ended).orElseThrow().failure()).isEqualTo(failure);
        assertThat(ledger.fail(ended, "It fell again.", Failure.OTHER)).isFalse();
        assertThat(books.now(ended).orElseThrow().failure()).isEqualTo(failure);
        var cancelled = books.queue(production);
        ledger.end(cancelled, State.CANCELLED, "Enough.");
        assertThat(books.now(cancelled).orElseThrow().failure()).isNull();
    }

    @Test
    void writesEachStepDownBeforeItIsTaken() {
        var deployment = books.queue(production);
        ledger.begin(deployment, State.BUILDING, null);
        var begun = books.clock.instant();
        assertThat(ledger.steps(deployment)).containsExactly(new Step("building", "running", null, begun, null));

        books.clock.advance(Duration.ofSeconds(3));
        ledger.begin(deployment, State.STARTING, "built in 3 s");
        var started = books.clock.instant();
        assertThat(ledger.end(deployment, State.FAILED, "It fell. #1 keeps serving."))
                .isTrue();

        assertThat(ledger.steps(deployment))
                .containsExactly(
                        new Step("building", "done", "built in 3 s", begun, started),
                        new Step("starting", "failed", null, started, started));
        assertThat(books.now(deployment)).hasValueSatisfying(failed -> {
            assertThat(failed.state()).isEqualTo(State.FAILED);
            assertThat(failed.reason()).isEqualTo("It fell. #1 keeps serving.");
            assertThat(failed.startedAt()).isEqualTo(begun);
            assertThat(failed.finishedAt()).isEqualTo(started);
        });
    }

    @Test
    void endsADeploymentOnlyOnce() {
        var deployment = books.queue(production);

        assertThat(ledger.cancelQueued(deployment, "Cancelled by ann.")).isTrue();

        assertThat(ledger.cancelQueued(deployment, "Cancelled by bob.")).isFalse();
        assertThat(ledger.begin(deployment, State.BUILDING, null)).isFalse();
        assertThat(ledger.end(deployment, State.FAILED, "It fell.")).isFalse();
        assertThat(books.now(deployment).orElseThrow().reason()).isEqualTo("Cancelled by ann.");
        assertThat(ledger.steps(deployment)).isEmpty();
    }

    @Test
    void saysOfAStepThatWasCutOffThatItWas() {
        var deployment = books.queue(production);
        ledger.begin(deployment, State.CHECKING, null);

        ledger.interrupted(deployment);

        assertThat(ledger.steps(deployment))
                .extracting(Step::state, Step::detail)
                .map(step -> step.toList().toString())
                .containsExactly("[cancelled, Signalbox was restarted]");
        assertThat(ledger.begin(deployment, State.BUILDING, null)).isTrue();
        assertThat(ledger.steps(deployment)).hasSize(2);
    }

    @Test
    void letsOneServeAndTheOtherRetireInOne() {
        var first = books.live(production, "web");

        var second = books.live(production, "web");

        assertThat(ledger.servingOf(production)).map(Deployment::id).contains(second.id());
        assertThat(second.replaces()).isEqualTo(1);
        assertThat(second.release()).isEqualTo(2);
        assertThat(ledger.retiring())
                .extracting(ReleaseStore.Retirement::deploymentId)
                .containsExactly(first.id());
        assertThat(ledger.releases(production)).extracting(Release::good).containsExactly(true, true);
        var desired = ledger.desired();
        assertThat(desired.serving()).extracting(Deployment::id).containsExactly(second.id());
        assertThat(desired.underWay()).isEmpty();

        ledger.retired(first.id());

        assertThat(ledger.retiring()).isEmpty();
    }

    @Test
    void takesNothingUpOfAServiceThatIsGone() {
        var deployment = books.queue(production);
        ledger.begin(deployment, State.SETTLING, null);
        var release = books.freeze(deployment, "web", Map.of());
        books.projects.deleteService(production.project(), production.service());

        assertThat(ledger.begin(deployment, State.SETTLING, null)).isFalse();
        assertThat(ledger.becomeLive(deployment, release, Optional.empty(), null))
                .isFalse();
        assertThat(ledger.end(deployment, State.FAILED, "It fell.")).isFalse();
        assertThat(books.now(deployment)).isEmpty();
        assertThat(ledger.releases(production)).isEmpty();
    }

    @Test
    void keepsTheVariablesOfAReleaseSealed() {
        var deployment = books.queue(production);
        var release = books.freeze(deployment, "web", Map.of("PASSWORD", "hunter2"));

        assertThat(ledger.variables(release)).isEqualTo(Map.of("PASSWORD", "hunter2"));
        assertThat(books.db.<String>read(sql -> sql.selectFrom(RELEASES).fetch().formatCSV()))
                .contains(release.id())
                .doesNotContain("hunter2", "PASSWORD");
        assertThat(ledger.releaseOf(deployment)).contains(release);
    }

    @Test
    void runsAReleaseAgainUnderANewNumber() {
        var first = books.live(production, "web");
        var release = ledger.releaseOf(first).orElseThrow();

        var again = ledger.queue(new DeploymentOrder(production, Cause.ROLLBACK, "ann", new Content.Existing(release)))
                .deployment();

        assertThat(again.number()).isEqualTo(2);
        assertThat(again.release()).isEqualTo(1);
        assertThat(again.commit()).isEqualTo(TestLedger.SHA);
        assertThat(ledger.release(staging.id(), 1)).isEmpty();
    }

    @Test
    void holdsNoStateThatThereIsNot() {
        var deployment = books.queue(production);
        ledger.begin(deployment, State.BUILDING, null);

        assertRefused(() -> books.db.change(
                sql -> sql.update(DEPLOYMENTS).set(DEPLOYMENTS.STATE, "lost").execute()));
        assertRefused(() -> books.db.change(
                sql -> sql.update(DEPLOYMENTS).set(DEPLOYMENTS.STATE, "live").execute()));
        assertRefused(() -> books.db.change(
                sql -> sql.update(DEPLOYMENTS).set(DEPLOYMENTS.NUMBER, 0L).execute()));
        assertRefused(() -> books.db.change(sql ->
                sql.update(DEPLOYMENT_STEPS).set(DEPLOYMENT_STEPS.STATE, "done").execute()));
    }

    private static void assertRefused(Runnable change) {
        assertThatThrownBy(change::run).isInstanceOf(DataAccessException.class).hasMessageContaining("CHECK");
    }
}
