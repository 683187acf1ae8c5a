package dev.signalbox.deploys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScoreStoreTest extends LedgerKit {
    @Test
    void aSwitchIsNotMeasuredToTheEndUntilItIs() {
        var deployment = books.live(production, "web");
        var began = books.clock.instant();

        assertThat(begin(deployment)).isTrue();

        assertThat(find(deployment)).contains(new SwitchScore(began, null, 0, 0, Duration.ZERO, List.of()));
        assertThat(find(deployment)).map(SwitchScore::isComplete).contains(false);
        var score = new SwitchScore(
                began,
                began.plusSeconds(2),
                412,
                2,
                Duration.ofMillis(38),
                List.of(Duration.ofMillis(410), Duration.ofMillis(512)));
        books.db.change(sql -> ScoreStore.end(sql, deployment.id(), score));
        assertThat(find(deployment)).contains(score);
    }

    @Test
    void aSwitchThatWasBegunBeforeIsNotMeasuredAgain() {
        var deployment = books.live(production, "web");
        begin(deployment);

        assertThat(begin(deployment)).isFalse();
    }

    @Test
    void nothingIsWrittenAboutWhatWasDeleted() {
        var deployment = books.live(production, "web");
        begin(deployment);

        books.projects.deleteProject(production.project());

        assertThat(find(deployment)).isEmpty();
        assertThat(begin(deployment)).isFalse();
    }

    private boolean begin(Deployment deployment) {
        return books.db.write(sql -> ScoreStore.begin(sql, deployment.id(), books.clock.instant()));
    }

    private Optional<SwitchScore> find(Deployment deployment) {
        return books.db.read(sql -> ScoreStore.find(sql, deployment.id()));
    }
}
