package dev.signalbox.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.engine.ContainerCommand;
import dev.signalbox.engine.ContainerId;
import dev.signalbox.engine.ContainerSpec;
import dev.signalbox.engine.EngineExtension;
import dev.signalbox.engine.Limits;
import dev.signalbox.engine.Profile;
import dev.signalbox.engine.Restart;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class LogsIT {
    @RegisterExtension
    static final EngineExtension docker = new EngineExtension();

    private static final String SHOP = "wl_shop";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LINES = 30_000;
    /** 100 lines every 10 ms. */
    private static final String CHATTER =
            "$| = 1; for my $i (0 .. 299) { print map { \"line \" . ($i * 100 + $_) . \"\\n\" } 1 .. 100;"
                    + " select undef, undef, undef, 0.01 }";

    @TempDir
    Path directory;

    private Logs logs;

    @BeforeEach
    void open() {
        logs = newProcess();
    }

    @AfterEach
    void close() {
        logs.close();
    }

    @Test
    void tenThousandLinesASecondAreKeptAndFollowed() throws InterruptedException {
        var seen = new CountDownLatch(LINES);
        try (var _ = logs.follow(SHOP, 0, _ -> seen.countDown(), () -> {})) {
            var chatter = start("perl", "-e", CHATTER);
            logs.capture(SHOP, "web.1 #1", chatter);
            assertThat(logs.awaitCaptured(chatter, PATIENCE)).isTrue();
            assertThat(seen.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(texts()).isEqualTo(all());
    }

    @Test
    void aReaderThatIsRestartedInTheMiddleKeepsEachLineOnce() throws InterruptedException {
        var chatter = start("perl", "-e", CHATTER);
        for (int restart = 0; restart < 3; restart++) {
            var some = new CountDownLatch(3_000);
            try (var _ = logs.follow(SHOP, 0, _ -> some.countDown(), () -> {})) {
                logs.capture(SHOP, "web.1 #1", chatter);
                assertThat(some.await(20, TimeUnit.SECONDS)).isTrue();
            }
            logs.close();
            logs = newProcess();
        }
        logs.capture(SHOP, "web.1 #1", chatter);
        assertThat(logs.awaitCaptured(chatter, PATIENCE)).isTrue();
        assertThat(texts()).isEqualTo(all());
    }

    @Test
    void bothOutputsAndHostileTextsAreKept() throws InterruptedException {
        var script = "print \"\\e[31mred\\n\"; print STDERR \"\\e]0;title\\aoops\\n\"; print \"\\xff\\xfe\\n\";"
                + " print \"x\" x 200000, \"\\n\"";
        var hostile = start("perl", "-e", "$| = 1; " + script);
        logs.capture(SHOP, "web.1 #1", hostile);
        assertThat(logs.awaitCaptured(hostile, PATIENCE)).isTrue();
        var lines = logs.tail(SHOP, 10);
        assertThat(lines)
                .filteredOn(ContainerLine::error)
                .extracting(ContainerLine::text)
                .containsExactly("oops");
        var printed = lines.stream()
                .filter(line -> !line.error())
                .map(ContainerLine::text)
                .toList();
        assertThat(printed).hasSize(3).startsWith("\u001b[31mred\u001b[0m", "\ufffd\ufffd");
        assertThat(printed.getLast()).endsWith("[line cut]").hasSizeLessThan(66_000);
    }

    @Test
    void aContainerThatHasEndedLongAgoIsReadToo() throws InterruptedException {
        var done = start("echo", "done");
        docker.engine().follow(done, null, _ -> {}).awaitEnd(PATIENCE);
        logs.capture(SHOP, "release #1", done);
        assertThat(logs.awaitCaptured(done, PATIENCE)).isTrue();
        assertThat(texts()).containsExactly("done");
    }

    private List<String> texts() {
        return logs.tail(SHOP, LINES + 1).stream().map(ContainerLine::text).toList();
    }

    private static List<String> all() {
        return IntStream.rangeClosed(1, LINES).mapToObj(i -> "line " + i).toList();
    }

    private ContainerId start(String... command) {
        var engine = docker.engine();
        var id = engine.createContainer(new ContainerSpec(
                docker.name("printer-" + System.nanoTime()),
                docker.image(EngineExtension.DEBIAN),
                Profile.RECIPE,
                new ContainerCommand(List.of(command)),
                Map.of(),
                Map.of(),
                null,
                List.of(),
                new Limits(64, null, 100, Duration.ofSeconds(5)),
                Restart.NEVER));
        engine.startContainer(id);
        return id;
    }

    private Logs newProcess() {
        return new Logs(directory, docker.engine(), Clock.systemUTC());
    }
}
