package dev.signalbox.engine;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs a blocking call on a thread of its own and gives up on it when its time is over: the transport knows no time limit
 * on a Unix socket, but an interrupt closes the socket under it.
 */
final class Deadline {
    private Deadline() {}

    /**
     * An interrupt of the caller does not cut the call short, so that what was asked of Docker is known to have happened or
     * not; the caller is still interrupted afterwards.
     */
    static <T> T run(Duration limit, Callable<T> work) throws ExecutionException, TimeoutException {
        var task = new FutureTask<>(work);
        Thread.ofVirtual().name("docker-call").start(task);
        long end = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            task.cancel(true);
            if (interrupted) Thread.currentThread().interrupt();
        }
    }
}
