package dev.signalbox.logs;

/** Lines go to somebody until it is closed. */
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
