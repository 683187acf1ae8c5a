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
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsTest {
    private static final String SHOP = "wl_shop";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private final MutableClock clock = new MutableClock();
    private final FakeEngine engine = new FakeEngine(clock);
    private Logs logs;

    @BeforeEach
    void open() {
        logs = newProcess();
    }

    @AfterEach
    void close() {
        logs.close();
    }

    private Subscription follow(int lastLines, Consumer<ContainerLine> to) {
        return logs.follow(SHOP, lastLines, to, () -> {});
    }

    @Test
    void aLogThatIsNotKeptAnyMoreSaysSoAndEnds() throws InterruptedException {
        for (var id : List.of("dep_old", "dep_new")) {
            logs.deployment(id).line("Live");
            logs.deployment(id).end();
        }
        logs.retainDeployments(Set.of("dep_new"));

        assertThat(texts("dep_new")).containsExactly("Live");
        assertThat(texts("dep_old")).containsExactly("This log is not kept any more.");
        assertThat(logs.ended("dep_old").follow(1, entry -> {}, PATIENCE)).isTrue();
    }

    @Test
    void aLogWhoseEndACrashPreventedEnds() throws InterruptedException {
        logs.deployment("dep_cut").line("Build");

        assertThat(logs.ended("dep_cut").follow(1, entry -> {}, Duration.ofMillis(1)))
                .isFalse();
        assertThat(newProcess().ended("dep_cut").follow(1, entry -> {}, PATIENCE))
                .isTrue();
    }

    private List<String> texts(String deployment) {
        return logs.ended(deployment).read().stream()
                .map(DeploymentLog.Entry::text)
                .toList();
    }

    @Test
    void whatAContainerPrintsOutlivesIt() throws InterruptedException {
        var web = container("web");
        logs.capture(SHOP, "web.1 #12", web);
        print(web, "one", "two");
        engine.exit(web, 1);
        assertThat(logs.awaitCaptured(web, PATIENCE)).isTrue();
        engine.removeContainer(web);
        assertThat(logs.tail(SHOP, 10)).extracting(ContainerLine::text).containsExactly("one", "two");
        assertThat(logs.tail(SHOP, 10)).extracting(ContainerLine::source).containsOnly("web.1 #12");
        assertThat(logs.tail(SHOP, 1)).extracting(ContainerLine::text).containsExactly("two");
    }

    @Test
    void captureTwiceKeepsEachLineOnce() throws InterruptedException {
        var web = container("web");
        for (int i = 0; i < 3; i++) logs.capture(SHOP, "web.1 #1", web);
        print(web, "one");
        engine.exit(web, 0);
        for (int i = 0; i < 3; i++) {
            logs.capture(SHOP, "web.1 #1", web);
            assertThat(logs.awaitCaptured(web, PATIENCE)).isTrue();
        }
        assertThat(texts()).containsExactly("one");
    }

    @Test
    void aNewProcessGoesOnWithoutGapAndWithoutDoubling() throws InterruptedException {
        var web = container("web");
        var worker = container("worker");
        logs.capture(SHOP, "web.1 #1", web);
        logs.capture(SHOP, "worker.1 #1", worker);
        // Two lines within one moment, of which only the first is kept before the process ends.
        engine.print(web, "web 1");
        engine.print(worker, "worker 1");
        awaitTexts("web 1", "worker 1");
        logs.close();
        engine.print(web, "web 2");
        print(worker, "worker 2");
        logs = newProcess();
        logs.capture(SHOP, "web.1 #1", web);
        logs.capture(SHOP, "worker.1 #1", worker);
        print(web, "web 3");
        engine.exit(web, 0);
        engine.exit(worker, 0);
        assertThat(logs.awaitCaptured(web, PATIENCE)).isTrue();
        assertThat(logs.awaitCaptured(worker, PATIENCE)).isTrue();
        assertThat(texts())
                .containsExactlyInAnyOrder("web 1", "worker 1", "web 2", "worker 2", "web 3")
                .containsSubsequence("web 1", "web 2", "web 3");
    }

    @Test
    void aFollowerGetsTheLastLinesAndThenEveryOtherOnce() throws InterruptedException {
        var web = container("web");
        logs.capture(SHOP, "web.1 #1", web);
        print(web, "old", "one", "two");
        awaitTexts("old", "one", "two");
        var seen = new ConcurrentLinkedQueue<String>();
        var all = new CountDownLatch(1002);
        try (var _ = follow(2, line -> {
            seen.add(line.text());
            all.countDown();
        })) {
            for (int i = 0; i < 1000; i++) print(web, "new " + i);
            assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(seen).startsWith("one", "two", "new 0").hasSize(1002).doesNotHaveDuplicates();
    }

    @Test
    void aSlowFollowerIsToldHowMuchItMissedAndStopsNobody() throws InterruptedException {
        var web = container("web");
        logs.capture(SHOP, "web.1 #1", web);
        var slow = new ConcurrentLinkedQueue<ContainerLine>();
        var arrived = new CountDownLatch(1);
        var held = new CountDownLatch(1);
        var last = new CountDownLatch(1);
        try (var _ = follow(0, line -> {
            slow.add(line);
            arrived.countDown();
            await(held);
            if (line.text().equals("line 20000")) last.countDown();
        })) {
            print(web, "line 1");
            await(arrived);
            for (int i = 2; i <= 20_000; i++) print(web, "line " + i);
            assertThat(logs.tail(SHOP, 1)).extracting(ContainerLine::text).containsExactly("line 20000");
            held.countDown();
            await(last);
        }
        assertThat(slow).hasSize(16_386);
        assertThat(slow.stream().skip(1).findFirst().orElseThrow())
                .satisfies(marker -> assertThat(marker.text()).isEqualTo("[3,615 lines skipped]"))
                .satisfies(marker -> assertThat(marker.source()).isEmpty());
    }

    @Test
    void aReaderGoesOnBehindAPositionAndGetsWhatComesTogether() throws InterruptedException {
        var web = container("web");
        logs.capture(SHOP, "web.1 #1", web);
        print(web, "one", "two", "three");
        awaitTexts("one", "two", "three");
        var first = logs.tail(SHOP, 3).getFirst();
        var seen = new ConcurrentLinkedQueue<String>();
        var all = new CountDownLatch(5002);
        var portions = new AtomicLong();
        try (var _ = logs.followAfter(
                SHOP,
                first.position(),
                100,
                lines -> {
                    assertThat(lines.skipped()).isZero();
                    portions.incrementAndGet();
                    for (var line : lines.lines()) {
                        seen.add(line.text());
                        all.countDown();
                    }
                },
                () -> {})) {
            for (int i = 0; i < 5000; i++) print(web, "new " + i);
            await(all);
        }
        assertThat(seen).startsWith("two", "three", "new 0").hasSize(5002).doesNotHaveDuplicates();
        assertThat(portions.get()).isLessThan(500);
    }

    @Test
    void whatIsFoundIsFoundInAllThatIsKept() throws InterruptedException {
        var web = container("web");
        logs.capture(SHOP, "web.1 #1", web);
        print(web, "Checkout done", "\u001b[31mcheck\u001b[0mout failed", "a.c", "abc");
        awaitTexts("Checkout done", "\u001b[31mcheck\u001b[0mout failed", "a.c", "abc");
        assertThat(logs.tail(SHOP, 10, new LogFilter("CHECKOUT", false))).hasSize(2);
        assertThat(logs.tail(SHOP, 1, new LogFilter("checkout", false)))
                .extracting(ContainerLine::text)
                .allMatch(text -> text.contains("failed"));
        assertThat(logs.tail(SHOP, 10, new LogFilter("a.c", false)))
                .extracting(ContainerLine::text)
                .containsExactly("a.c");
        assertThat(logs.tail(SHOP, 10, new LogFilter("", true))).isEmpty();
    }

    @Test
    void aHundredFollowersOfTenThousandLines() throws InterruptedException {
        var web = container("web");
        logs.capture(SHOP, "web.1 #1", web);
        var ends = new CountDownLatch(100);
        var counts = new AtomicLong();
        var subscriptions = IntStream.range(0, 100)
                .mapToObj(_ -> follow(0, line -> {
                    counts.incrementAndGet();
                    if (line.text().equals("end")) ends.countDown();
                }))
                .toList();
        var before = System.nanoTime();
        for (int i = 0; i < 10_000; i++) print(web, "line " + i);
        var written = Duration.ofNanos(System.nanoTime() - before);
        print(web, "end");
        await(ends);
        System.out.println("10,000 lines for 100 followers: written in " + written.toMillis() + " ms, delivered "
                + counts + " in " + Duration.ofNanos(System.nanoTime() - before).toMillis() + " ms");
        subscriptions.forEach(Subscription::close);
    }

    @Test
    void aFollowerThatFailsIsToldAndStopsNobody() throws InterruptedException {
        var web = container("web");
        logs.capture(SHOP, "web.1 #1", web);
        var failing = new CountDownLatch(1);
        logs.follow(
                SHOP,
                0,
                _ -> {
                    throw new IllegalStateException("the reader went");
                },
                failing::countDown);
        print(web, "one");
        await(failing);
        print(web, "two");
        awaitTexts("one", "two");
    }

    @Test
    void linesAreShownHarmless() throws InterruptedException {
        var web = container("web");
        logs.capture(SHOP, "web.1\t\u001b[2J#1", web);
        print(web, "\u001b]0;title\u0007\u001b[31mred", "tab\there");
        awaitTexts("\u001b[31mred\u001b[0m", "tab\there");
        assertThat(logs.tail(SHOP, 1)).extracting(ContainerLine::source).containsExactly("web.1 #1");
    }

    @Test
    void aRemovedLogIsGoneAndStaysGone() throws InterruptedException {
        var web = container("web");
        logs.capture(SHOP, "web.1 #1", web);
        print(web, "one");
        awaitTexts("one");
        logs.remove(SHOP);
        print(web, "two");
        assertThat(directory.resolve("workloads")).isEmptyDirectory();
        assertThat(logs.tail(SHOP, 10)).isEmpty();
    }

    @Test
    void aContainerThatIsNotThereIsNoMistake() throws InterruptedException {
        var gone = new ContainerId("0123456789abcdef");
        logs.capture(SHOP, "web.1 #1", gone);
        assertThat(logs.awaitCaptured(gone, PATIENCE)).isTrue();
        assertThat(logs.tail(SHOP, 10)).isEmpty();
    }

    private ContainerId container(String name) {
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

    private void print(ContainerId container, String... texts) {
        for (var text : texts) {
            clock.advance(Duration.ofNanos(1));
            engine.print(container, text);
        }
    }

    private List<String> texts() {
        return logs.tail(SHOP, 100).stream().map(ContainerLine::text).toList();
    }

    /** A capture begins on a thread of its own. */
    private void awaitTexts(String... wanted) throws InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!texts().containsAll(List.of(wanted)) && System.nanoTime() < end) Thread.onSpinWait();
        assertThat(texts()).containsExactlyInAnyOrder(wanted);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Logs newProcess() {
        return new Logs(directory, engine, Clock.systemUTC());
    }
}
