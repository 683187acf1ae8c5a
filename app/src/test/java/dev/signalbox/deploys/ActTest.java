package dev.signalbox.deploys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ActTest {
    private static final Duration AMPLE = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final CountDownLatch never = new CountDownLatch(1);

    @Test
    void givesWhatCameOfAnActInTime() throws InterruptedException {
        assertThat(Act.within(AMPLE, "Too slow.", () -> "done")).isEqualTo("done");
    }

    @Test
    void interruptsAnActWhoseTimeIsUp() {
        assertThatThrownBy(() -> Act.within(SHORT, "Too slow.", () -> never.await(30, TimeUnit.SECONDS)))
                .isInstanceOf(StepFailed.class)
                .hasMessage("Too slow.");

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void tellsTheTimeLimitFromWhatItMadeFail() {
        assertThatThrownBy(() -> Act.within(SHORT, "Too slow.", () -> {
                    try {
                        return never.await(30, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(new ClosedByInterruptException());
                    }
                }))
                .hasMessage("Too slow.");
    }

    @Test
    void passesOnWhatFailedInTime() {
        assertThatThrownBy(() -> Act.within(AMPLE, "Too slow.", () -> {
                    throw new StepFailed("No room.");
                }))
                .hasMessage("No room.");
    }

    @Test
    void passesOnThatSomebodyElseInterrupted() throws Exception {
        var begun = new CountDownLatch(1);
        var task = new FutureTask<>(() -> {
            try {
                return Act.within(AMPLE, "Too slow.", () -> {
                    begun.countDown();
                    return String.valueOf(never.await(30, TimeUnit.SECONDS));
                });
            } catch (InterruptedException e) {
                return "interrupted";
            }
        });
        var thread = Thread.ofVirtual().start(task);
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

        thread.interrupt();

        assertThat(task.get(30, TimeUnit.SECONDS)).isEqualTo("interrupted");
    }

    @Test
    void neverInterruptsWhatComesAfterTheAct() throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            try {
                Act.within(Duration.ofNanos(100_000), "Too slow.", () -> {
                    Thread.onSpinWait();
                    return round();
                });
            } catch (StepFailed tooSlow) {
                assertThat(tooSlow).hasMessage("Too slow.");
            }
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    /** About as long as the limit, so that either may be first. */
    private static long round() {
        long end = System.nanoTime() + 100_000;
        while (System.nanoTime() < end) Thread.onSpinWait();
        return end;
    }
}
