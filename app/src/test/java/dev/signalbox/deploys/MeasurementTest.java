package dev.signalbox.deploys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.engine.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MeasurementTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch answering = new CountDownLatch(1);
    private final LinkedBlockingQueue<SwitchTally> done = new LinkedBlockingQueue<>();

    @Test
    void asksOnThoughNothingIsAnsweredYet() throws InterruptedException {
        var measurement = Measurement.begin(this::askSlowly, done::add);
        Eventually.within(SOON, "three questions", () -> asked.get() >= 3);

        measurement.close();

        assertThat(done).isEmpty();
        answering.countDown();
        assertThat(score().asked()).isEqualTo(asked.get()).isGreaterThanOrEqualTo(3);
        assertThat(score().failed()).isZero();
    }

    @Test
    void asksAtLeastOnceHoweverShortItIs() throws InterruptedException {
        answering.countDown();

        Measurement.begin(this::askSlowly, done::add).close();

        assertThat(score().asked()).isEqualTo(1);
    }

    @Test
    void waitsForNobodyWhenItIsAbandoned() throws InterruptedException {
        var measurement = Measurement.begin(this::askSlowly, done::add);
        Eventually.within(SOON, "a question", () -> asked.get() >= 1);

        measurement.abandon();

        assertThat(score().failed()).isEqualTo(asked.get());
    }

    private OptionalInt askSlowly(Duration patience) {
        asked.incrementAndGet();
        try {
            return answering.await(patience.toMillis(), TimeUnit.MILLISECONDS)
                    ? OptionalInt.of(200)
                    : OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    private SwitchScore score() throws InterruptedException {
        var tally = done.poll(SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(tally).isNotNull();
        done.add(tally);
        return tally.score(Instant.EPOCH, Instant.EPOCH);
    }
}
