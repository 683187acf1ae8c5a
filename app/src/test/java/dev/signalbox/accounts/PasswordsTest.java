package dev.signalbox.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PasswordsTest {
    private final Passwords passwords = new Passwords(new SecureRandom());

    @Test
    void oneIsHashedAHundredAndFiftyWaitAndTheOthersAreToldAtOnce() throws Exception {
        var go = new CountDownLatch(1);
        var atWork = new AtomicInteger();
        var most = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<Future<Optional<Boolean>>>();
            for (int person = 0; person < 200; person++) {
                results.add(threads.submit(() -> passwords.inTurn(() -> {
                    most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
                    await(go);
                    return atWork.decrementAndGet() == 0;
                })));
            }
            var refused = new AtomicInteger();
            var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (refused.get() < 49 && System.nanoTime() < deadline) {
                refused.set((int) results.stream().filter(Future::isDone).count());
                Thread.onSpinWait();
            }
            go.countDown();
            int done = 0;
            for (var result : results) if (result.get().isPresent()) done++;
            assertThat(refused).hasValue(49);
            assertThat(done).isEqualTo(151);
            assertThat(most).hasValue(1);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
