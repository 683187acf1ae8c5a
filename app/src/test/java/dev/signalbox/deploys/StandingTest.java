package dev.signalbox.deploys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.projects.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StandingTest extends LedgerKit {
    /** The workload as it is now: what serves stands in it. */
    private Standing standing(Workload workload) {
        var now = books.projects.findWorkload(workload.id()).orElseThrow();
        return Objects.requireNonNull(books.ledger.standings(List.of(now)).get(now.id()));
    }

    @Test
    void whereNothingWasEverDeployedNothingStands() {
        assertThat(standing(production)).isEqualTo(Standing.NEVER);
        assertThat(books.ledger.standings(List.of())).isEmpty();
    }

    @Test
    void whatServesIsToldFromWhatTries() {
        var live = books.live(production, "web");
        assertThat(standing(production)).isEqualTo(new Standing(live, live, true));
        assertThat(standing(production).attempt()).isNull();
        var next = books.queue(production);
        assertThat(standing(production)).isEqualTo(new Standing(live, next, true));
        assertThat(standing(production).attempt()).isEqualTo(next);
        assertThat(standing(production).isUnderWay()).isTrue();
    }

    @Test
    void aFailureStaysAnAttemptUntilTheNextIsLive() {
        books.live(production, "worker");
        var failed = books.queue(production);
        books.ledger.end(failed, State.FAILED, "It broke.");
        assertThat(standing(production).attempt()).isEqualTo(books.now(failed).orElseThrow());
        assertThat(standing(production).isUnderWay()).isFalse();
        assertThat(standing(production).isRouted()).isFalse();
        var cured = books.live(production, "web");
        assertThat(standing(production)).isEqualTo(new Standing(cured, cured, true));
    }

    @Test
    void eachEnvironmentStandsByItself() {
        var live = books.live(production, "web");
        var tried = books.queue(staging);
        assertThat(standing(production).newest()).isEqualTo(live);
        assertThat(standing(staging)).isEqualTo(new Standing(null, tried, false));
        assertThat(Optional.ofNullable(standing(staging).attempt())).contains(tried);
    }

    @Test
    void theNewestOfManyAreToldTogether() {
        var first = books.live(production, "web");
        books.clock.advance(Duration.ofSeconds(1));
        var second = books.queue(staging);
        books.clock.advance(Duration.ofSeconds(1));
        var third = books.queue(production);
        assertThat(books.ledger.recent(List.of(production, staging), 10)).containsExactly(third, second, first);
        assertThat(books.ledger.recent(List.of(production, staging), 2)).containsExactly(third, second);
        assertThat(books.ledger.recent(List.of(staging), 10)).containsExactly(second);
    }
}
