package dev.signalbox;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Gives memory back to the machine when there is less to do than there was. The collector runs when the heap is full and not
 * before: without this, what one sign-in or a busy hour took would be missed by the apps beside us until then.
 */
final class HeapRelief implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);
    private static final long WORTH_IT = 8L * 1024 * 1024;

    private final LongSupplier taken;
    private final Runnable collector;
    private long before;
    private long least;

    private final Thread looks = Thread.ofVirtual().name("heap-relief").unstarted(this::lookNowAndThen);

    /**
     * @param taken what the heap takes from the machine, in bytes
     * @param collector gives back what of it can be
     */
    HeapRelief(LongSupplier taken, Runnable collector) {
        this.taken = taken;
        this.collector = collector;
        this.before = taken.getAsLong();
        this.least = before;
    }

    static HeapRelief start() {
        var relief = new HeapRelief(Runtime.getRuntime()::totalMemory, System::gc);
        relief.looks.start();
        return relief;
    }

    private void lookNowAndThen() {
        try {
            while (true) {
                Thread.sleep(BETWEEN_LOOKS);
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A heap that does not grow any more belongs to somebody who has stopped working, or has all that they need. */
    void look() {
        var now = taken.getAsLong();
        if (now <= before && now - least >= WORTH_IT) {
            collector.run();
            now = taken.getAsLong();
            least = now;
        }
        before = now;
    }

    @Override
    public void close() {
        looks.interrupt();
    }
}
