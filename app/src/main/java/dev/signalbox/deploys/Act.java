package dev.signalbox.deploys;

import java.time.Duration;

/** Something that takes time and may be interrupted. */
@FunctionalInterface
interface Act<T> {
    T take() throws InterruptedException;

    /** Takes the act and interrupts it when the time is up; then it failed with this sentence. */
    static <T> T within(Duration limit, String sentence, Act<T> act) throws InterruptedException {
        var timer = new Timer(Thread.currentThread());
        var ticking = Thread.ofVirtual().name("deadline").start(() -> timer.run(limit));
        try {
            return act.take();
        } catch (InterruptedException | RuntimeException e) {
            // What is interrupted fails in many ways.
            if (timer.hasStruck()) throw new StepFailed(sentence);
            throw e;
        } finally {
            timer.stop();
            ticking.interrupt();
        }
    }

    /** Strikes while the act goes on, or never. */
    final class Timer {
        private final Thread worker;
        private boolean stopped;
        private boolean struck;

        private Timer(Thread worker) {
            this.worker = worker;
        }

        private void run(Duration limit) {
            try {
                Thread.sleep(limit);
                strike();
            } catch (InterruptedException inTime) {
                Thread.currentThread().interrupt();
            }
        }

        private synchronized void strike() {
            if (stopped) return;
            struck = true;
            worker.interrupt();
        }

        private synchronized boolean hasStruck() {
            return struck;
        }

        /** What follows is not interrupted any more, though the clock may have struck when the act was just done. */
        private synchronized void stop() {
            stopped = true;
            if (struck) Thread.interrupted();
        }
    }
}
