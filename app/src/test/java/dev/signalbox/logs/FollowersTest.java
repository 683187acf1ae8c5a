package dev.signalbox.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who follows what containers print gets every line once, and stops nobody. */
class FollowersTest extends LogsKit {
    private Subscription follow(int lastLines, Consumer<ContainerLine> to) {
        return logs.follow(SHOP, lastLines, to, () -> {});
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
}
