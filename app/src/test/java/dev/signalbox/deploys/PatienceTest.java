package dev.signalbox.deploys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.engine.Eventually;
import dev.signalbox.engine.FakeEngine;
import dev.signalbox.logs.DeploymentLog;
import dev.signalbox.logs.Logs;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatienceTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(20);

    @TempDir
    private Path directory;

    @Test
    void saysAgainWhatIsWaitedForUntilItIsOver() {
        var log = log();
        try (var _ = Patience.with(log, "for Godot", SHORT, SHORT)) {
            Eventually.within(Duration.ofSeconds(10), "three lines", () -> size(log) >= 3);
        }
        var said = log.read();

        assertThat(said)
                .extracting(DeploymentLog.Entry::text)
                .allMatch(text -> text.matches(" {9}still waiting for Godot, [0-9.]+ s so far"));
        log.line("over");
        assertThat(size(log)).isEqualTo(said.size() + 1);
    }

    @Test
    void isSilentWhereOthersSpeak() {
        var log = log();
        try (var _ = Patience.with(log, "for Godot", SHORT, LONG)) {
            var start = System.nanoTime();
            while (System.nanoTime() - start < 10 * SHORT.toNanos()) log.line("Godot is here");
        }

        assertThat(log.read()).extracting(DeploymentLog.Entry::text).containsOnly("Godot is here");
    }

    private DeploymentLog log() {
        return new Logs(directory, new FakeEngine(Clock.systemUTC()), Clock.systemUTC()).deployment("dep_a");
    }

    private static int size(DeploymentLog log) {
        return log.read().size();
    }
}
