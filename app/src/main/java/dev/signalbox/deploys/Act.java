package dev.signalbox.deploys;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Something that takes time and may be interrupted. */
@FunctionalInterface
interface Act<T> {
    T take() throws InterruptedException;

    /** Takes the act and interrupts it when the time is up; then it failed with this sentence. */
    static <T> T within(Duration limit, String sentence, Act<T> act) throws InterruptedException {
        var worker = Thread.currentThread();
        var expired = new AtomicBoolean();
        var timer = Thread.ofVirtual().name("deadline").start(() -> {
            try {
                Thread.sleep(limit);
                expired.set(true);
                worker.interrupt();
            } catch (InterruptedException inTime) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            return act.take();
        } catch (InterruptedException e) {
            if (expired.get()) throw new StepFailed(sentence);
            throw e;
        } finally {
            timer.interrupt();
            // The clock may have struck just after the act was done.
            if (expired.get()) Thread.interrupted();
        }
    }
}
