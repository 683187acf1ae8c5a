package dev.signalbox.deploys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.deploys.Changes.Change;
import dev.signalbox.deploys.Changes.Kind;
import dev.signalbox.deploys.DeploymentOrder.Content;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is read of deployments that were, and of how releases differ. */
class HistoryTest extends LedgerKit {
    @Test
    void goesOnByNumberWithinOneEnvironment() {
        for (int i = 0; i < 3; i++) {
            books.queue(production);
            books.queue(staging);
        }
        assertThat(ledger.before(production, Long.MAX_VALUE, 2))
                .extracting(Deployment::number)
                .containsExactly(5L, 3L);
        assertThat(ledger.before(production, 3, 2))
                .extracting(Deployment::number)
                .containsExactly(1L);
        assertThat(ledger.after(production, 1, 2))
                .extracting(Deployment::number)
                .containsExactly(3L, 5L);
    }

    @Test
    void knowsWhatServedBeforeAndHowItLeaves() {
        var first = books.live(production, "web");
        assertThat(ledger.servingBefore(first)).isEmpty();
        assertThat(ledger.draining(first)).isEmpty();
        books.clock.advance(Duration.ofSeconds(5));
        var second = books.live(production, "web");
        assertThat(ledger.servingBefore(second)).contains(first);
        assertThat(ledger.servingBefore(first)).isEmpty();
        assertThat(ledger.servingBefore(books.queue(production))).contains(second);
        assertThat(ledger.draining(first).orElseThrow().until()).isNull();
        ledger.retired(first.id());
        assertThat(ledger.draining(first).orElseThrow().until()).isNotNull();
    }

    @Test
    void aReleaseThatRunsAgainKeepsTheSubjectOfItsCommit() {
        var first = books.live(production, "web");
        var release = ledger.releaseOf(first).orElseThrow();
        var again = ledger.queue(new DeploymentOrder(production, Cause.ROLLBACK, "ann", new Content.Existing(release)))
                .deployment();
        assertThat(again.subject()).isEqualTo(first.subject()).isEqualTo("Begin");
    }

    @Test
    void namesWhatDiffersWithoutItsValue() {
        var old = books.freeze(books.queue(production), "web", Map.of("A", "1", "B", "1", "C", "1"));
        var fresh = books.freeze(books.queue(production), "worker", Map.of("A", "1", "B", "2", "D", "1"));
        var changes = Changes.between(old, ledger.variables(old), fresh, ledger.variables(fresh));
        assertThat(changes.all())
                .containsExactly(
                        new Change(Kind.CHANGED, "Variable", "B", "changed"),
                        new Change(Kind.REMOVED, "Variable", "C", "removed"),
                        new Change(Kind.ADDED, "Variable", "D", "added"),
                        new Change(Kind.REMOVED, "Process", "web", "removed"),
                        new Change(Kind.ADDED, "Process", "worker", "added"));
    }
}
