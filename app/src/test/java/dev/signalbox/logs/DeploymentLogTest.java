package dev.signalbox.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.engine.FakeEngine;
import dev.signalbox.logs.DeploymentLog.Entry;
import dev.signalbox.logs.DeploymentLog.Voice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentLogTest {
    private static final Instant NOW = Instant.parse("2026-11-19T14:32:05.120Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String ID = "dep_0123456789ab";

    @TempDir
    Path directory;

    private Logs logs;

    @BeforeEach
    void open() {
        logs = newProcess();
    }

    @Test
    void whatIsSaidIsReadInOrder() {
        var log = logs.deployment(ID);
        log.line("Building");
        log.output("Step 1\nStep 2\n");
        log.line("");
        log.trouble("It failed.");
        assertThat(log.read())
                .containsExactly(
                        new Entry(1, NOW, Voice.OURS, "Building"),
                        new Entry(2, NOW, Voice.OUTPUT, "Step 1"),
                        new Entry(3, NOW, Voice.OUTPUT, "Step 2"),
                        new Entry(4, NOW, Voice.OURS, ""),
                        new Entry(5, NOW, Voice.TROUBLE, "It failed."));
    }

    @Test
    void aLogThatNobodyWroteIsEmpty() throws Exception {
        assertThat(logs.deployment(ID).read()).isEmpty();
        assertThat(logs.deployment(ID).follow(1, _ -> {}, Duration.ofMillis(10)))
                .isFalse();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void allWriteToOneLog() {
        logs.deployment(ID).line("one");
        logs.deployment(ID).line("two");
        assertThat(logs.deployment(ID).read()).extracting(Entry::text).containsExactly("one", "two");
    }

    @Test
    void aRestartGoesOnBehindTheLastWholeLine() throws IOException {
        logs.deployment(ID).line("before");
        Files.writeString(file(), NOW + " + half a li", StandardOpenOption.APPEND);
        logs = newProcess();
        assertThat(logs.deployment(ID).read()).extracting(Entry::text).containsExactly("before");
        logs.deployment(ID).line("after");
        assertThat(logs.deployment(ID).read()).extracting(Entry::text).containsExactly("before", "after");
    }

    @Test
    void theEndIsKnownAfterARestart() throws Exception {
        logs.deployment(ID).line("done");
        logs.deployment(ID).end();
        logs.deployment(ID).end();
        logs = newProcess();
        logs.deployment(ID).line("too late");
        assertThat(follow(ID)).containsExactly("done");
    }

    @Test
    void outputThatLooksLikeTheEndIsNotTheEnd() throws Exception {
        var log = logs.deployment(ID);
        log.output("x\n. \n" + NOW + " . ");
        assertThat(log.follow(1, _ -> {}, Duration.ofMillis(10))).isFalse();
        assertThat(newProcess().deployment(ID).follow(1, _ -> {}, Duration.ofMillis(10)))
                .isFalse();
        assertThat(log.read()).extracting(Entry::text).containsExactly("x", ". ", NOW + " . ");
    }

    @Test
    void followersGetEveryLineInOrderWhileItIsWritten() throws Exception {
        var expected =
                IntStream.rangeClosed(1, 5_000).mapToObj(i -> "line " + i).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<List<String>> follower = () -> follow(ID);
            var followers = new ArrayList<java.util.concurrent.Future<List<String>>>();
            for (int i = 0; i < 20; i++) followers.add(threads.submit(follower));
            var log = logs.deployment(ID);
            for (var line : expected) log.output(line);
            log.end();
            for (var followed : followers) assertThat(followed.get()).isEqualTo(expected);
        }
    }

    @Test
    void aFollowerMayBeginInTheMiddle() throws Exception {
        var log = logs.deployment(ID);
        log.output("one\ntwo\nthree");
        log.end();
        var seen = new ArrayList<Entry>();
        assertThat(log.follow(2, seen::add, MINUTE)).isTrue();
        assertThat(seen).extracting(Entry::number).containsExactly(2L, 3L);
    }

    @Test
    void aFollowerCanBeInterrupted() throws Exception {
        logs.deployment(ID).line("first");
        var started = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var follower = threads.submit(() -> logs.deployment(ID).follow(1, _ -> started.countDown(), MINUTE));
            started.await();
            threads.shutdownNow();
            assertThatThrownBy(follower::get).hasCauseInstanceOf(InterruptedException.class);
        }
        logs.deployment(ID).line("still here");
        assertThat(logs.deployment(ID).read()).hasSize(2);
    }

    @Test
    void anInterruptedWriterStillWrites() {
        Thread.currentThread().interrupt();
        logs.deployment(ID).line("cancelled");
        logs.deployment(ID).end();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(logs.deployment(ID).read()).extracting(Entry::text).containsExactly("cancelled");
    }

    @Test
    void tooMuchOutputIsCutButWhatWeSayIsKept() {
        var log = new DeploymentLog(file(), Clock.systemUTC(), () -> {}, 1_000);
        for (int i = 0; i < 100; i++) log.output("output " + i);
        log.line("Failed: it printed too much.");
        var texts = log.read().stream().map(Entry::text).toList();
        assertThat(texts).hasSizeLessThan(40).startsWith("output 0");
        assertThat(texts.subList(texts.size() - 2, texts.size()))
                .containsExactly(
                        "The output is too long; from here on it is not kept.", "Failed: it printed too much.");
    }

    @Test
    void whatIsReadIsHarmless() {
        var log = logs.deployment(ID);
        log.output("\u001b[2J\u001b[32mok");
        log.output("x".repeat(100_000));
        assertThat(log.read())
                .extracting(Entry::text)
                .containsExactly("\u001b[32mok\u001b[0m", "x".repeat(64 << 10) + " [line cut]");
    }

    @Test
    void aReadingIsBoundedAndGivesTheNewestOrFromANumber() {
        var log = logs.deployment(ID);
        log.output("x\n".repeat(7_000));
        assertThat(log.read()).hasSize(5_000).last().extracting(Entry::number).isEqualTo(7_000L);
        assertThat(log.read(11))
                .hasSize(5_000)
                .first()
                .extracting(Entry::number)
                .isEqualTo(11L);
        assertThat(log.read(6_999)).extracting(Entry::number).containsExactly(6_999L, 7_000L);
        log.output(("y".repeat(60_000) + "\n").repeat(30));
        assertThat(log.read())
                .hasSizeBetween(10, 30)
                .last()
                .extracting(Entry::number)
                .isEqualTo(7_030L);
        assertThat(log.read(7_001))
                .hasSizeBetween(10, 29)
                .first()
                .extracting(Entry::number)
                .isEqualTo(7_001L);
    }

    @Test
    void onlyTheLogsOfKnownDeploymentsAndThoseUnderWayAreRetained() {
        logs.retainDeployments(Set.of());
        for (var id : List.of(ID, "dep_old", "dep_new")) logs.deployment(id).line("x");
        logs.deployment(ID).end();
        logs.deployment("dep_old").end();
        logs.retainDeployments(Set.of(ID));
        assertThat(logs.deployment(ID).read()).hasSize(1);
        assertThat(logs.deployment("dep_new").read()).hasSize(1);
        assertThat(directory.resolve("deployments/dep_old.log")).doesNotExist();
    }

    @Test
    void anIdIsNoPath() {
        assertThatThrownBy(() -> logs.deployment("../../etc/passwd")).isInstanceOf(IllegalArgumentException.class);
    }

    private List<String> follow(String id) throws InterruptedException {
        var texts = new ArrayList<String>();
        assertThat(logs.deployment(id).follow(0, entry -> texts.add(entry.text()), MINUTE))
                .isTrue();
        return texts;
    }

    private Path file() {
        return directory.resolve("deployments/" + ID + ".log");
    }

    private Logs newProcess() {
        var clock = Clock.fixed(NOW, ZoneOffset.UTC);
        return new Logs(directory, new FakeEngine(clock), clock);
    }
}
