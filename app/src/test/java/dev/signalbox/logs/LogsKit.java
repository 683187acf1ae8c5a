package dev.signalbox.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.MutableClock;
import dev.signalbox.engine.ContainerId;
import dev.signalbox.engine.ContainerSpec;
import dev.signalbox.engine.FakeEngine;
import dev.signalbox.engine.Limits;
import dev.signalbox.engine.Profile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of logs begin with: containers that print what they are told to, and nothing kept of it. */
abstract class LogsKit {
    static final String SHOP = "wl_shop";
    static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    final MutableClock clock = new MutableClock();
    final FakeEngine engine = new FakeEngine(clock);
    Logs logs;

    @BeforeEach
    void open() {
        logs = newProcess();
    }

    @AfterEach
    void close() {
        logs.close();
    }

    ContainerId container(String name) {
        var id = engine.createContainer(new ContainerSpec(
                name,
                engine.addImage("app"),
                Profile.RECIPE,
                null,
                Map.of(),
                Map.of(),
                null,
                List.of(),
                Limits.DEFAULT));
        engine.startContainer(id);
        return id;
    }

    void print(ContainerId container, String... texts) {
        for (var text : texts) {
            clock.advance(Duration.ofNanos(1));
            engine.print(container, text);
        }
    }

    List<String> texts() {
        return logs.tail(SHOP, 100).stream().map(ContainerLine::text).toList();
    }

    /** A capture begins on a thread of its own. */
    void awaitTexts(String... wanted) throws InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!texts().containsAll(List.of(wanted)) && System.nanoTime() < end) Thread.onSpinWait();
        assertThat(texts()).containsExactlyInAnyOrder(wanted);
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Logs newProcess() {
        return new Logs(directory, engine, Clock.systemUTC());
    }
}
