package dev.signalbox.engine;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Hands on what happens, on the thread on which it happens, until it is closed. */
final class FakeStream<T> implements Engine.Stream {
    private final Consumer<T> reader;
    private final CountDownLatch end = new CountDownLatch(1);

    FakeStream(Consumer<T> reader) {
        this.reader = reader;
    }

    void accept(T item) {
        if (end.getCount() > 0) reader.accept(item);
    }

    void end() {
        end.countDown();
    }

    @Override
    public void close() {
        end();
    }

    @Override
    public boolean awaitEnd(Duration atMost) throws InterruptedException {
        return end.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }
}
