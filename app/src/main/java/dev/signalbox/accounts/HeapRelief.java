package dev.signalbox.accounts;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives the memory of hashing back to the machine when nobody has signed in for a moment. The collector runs when the heap
 * is full and not before, and one sign-in leaves 40 MB that the apps beside us would miss until then.
 */
final class HeapRelief {
    private static final Duration MOMENT = Duration.ofSeconds(10);

    private final AtomicLong uses = new AtomicLong();
    private final AtomicBoolean isDue = new AtomicBoolean();

    void noteUse() {
        uses.incrementAndGet();
        if (isDue.compareAndSet(false, true))
            Thread.ofVirtual().name("heap-relief").start(this::giveBackWhenQuiet);
    }

    private void giveBackWhenQuiet() {
        try {
            long seen;
            do {
                seen = uses.get();
                Thread.sleep(MOMENT);
            } while (seen != uses.get());
            isDue.set(false);
            System.gc();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
