package dev.signalbox.logs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The newest lines of a log in memory, numbered, for those who watch it live. Publishing costs the same for one watcher and
 * for a hundred, and waits for none: who is too slow finds that lines are gone, and how many.
 */
final class LiveLines {
    private static final int MOST = 16_384;
    private static final int MOST_CHARACTERS = 1 << 20;
    /** What one watcher is handed at once; a hundred of them hold as much at the same time. */
    private static final int BATCH = 512;

    private static final int BATCH_CHARACTERS = 1 << 16;
    private static final @Nullable ContainerLine[] NOBODY_WATCHES = {};

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition published = lock.newCondition();
    private @Nullable ContainerLine[] ring = NOBODY_WATCHES;
    private long first;
    private long next;
    private int characters;
    private int watchers;

    /** Some lines in their order, those that were dropped before them, and where to go on. */
    record Batch(long skipped, List<ContainerLine> lines, long cursor) {}

    /** Begins to keep lines if nobody else watches. Returns where the lines to come begin. */
    long join() {
        lock.lock();
        try {
            if (watchers++ == 0) ring = new ContainerLine[MOST];
            return next;
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            if (--watchers > 0) return;
            ring = NOBODY_WATCHES;
            first = next;
            characters = 0;
        } finally {
            lock.unlock();
        }
    }

    void publish(ContainerLine line) {
        lock.lock();
        try {
            if (watchers == 0) return;
            characters += line.text().length();
            while (first < next && (next - first >= MOST || characters > MOST_CHARACTERS)) dropFirst();
            ring[index(next++)] = line;
            published.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void dropFirst() {
        var dropped = ring[index(first)];
        if (dropped != null) characters -= dropped.text().length();
        ring[index(first++)] = null;
    }

    /** Waits until there is a line at the cursor or behind it. */
    Batch await(long cursor) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (cursor >= next) published.await();
            long from = Math.max(cursor, first);
            var lines = new ArrayList<ContainerLine>();
            int room = BATCH_CHARACTERS;
            for (long i = from; i < next && lines.size() < BATCH && room > 0; i++) {
                var line = ring[index(i)];
                if (line == null) continue;
                lines.add(line);
                room -= line.text().length();
            }
            return new Batch(from - cursor, lines, from + lines.size());
        } finally {
            lock.unlock();
        }
    }

    private static int index(long number) {
        return (int) (number % MOST);
    }
}
