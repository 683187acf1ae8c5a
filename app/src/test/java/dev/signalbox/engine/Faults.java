package dev.signalbox.engine;

import dev.signalbox.engine.EngineException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What goes wrong with a {@link FakeEngine}, and at which of its calls. */
public final class Faults {
    /** The calls of an engine that can go wrong. */
    public enum Call {
        VERSION,
        FIND_IMAGE,
        LIST_IMAGES,
        REMOVE_IMAGE,
        BUILD,
        TRIM_BUILD_CACHE,
        STORAGE,
        ENSURE_NETWORK,
        LIST_NETWORKS,
        REMOVE_NETWORK,
        RESERVE_ADDRESS,
        RELEASE_ADDRESS,
        CREATE_CONTAINER,
        CREATE_SYSTEM_CONTAINER,
        START_CONTAINER,
        RESTART_POLICY,
        STOP_CONTAINER,
        REMOVE_CONTAINER,
        FIND_CONTAINER,
        LIST_CONTAINERS,
        LISTENERS,
        TAIL,
        FOLLOW
    }

    /** Longer than any test waits; a forgotten release fails instead of hanging the whole run. */
    private static final Duration LONGEST_HANG = Duration.ofMinutes(1);

    private record Fault(Call call, int at, Way way, Kind kind) {}

    private enum Way {
        REFUSE,
        BREAK_AFTER,
        HANG
    }

    private final Map<Call, Integer> counts = new EnumMap<>(Call.class);
    private final List<Fault> faults = new ArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch hanging = new CountDownLatch(1);
    private boolean absent;

    Faults() {}

    /** The n-th such call from now does nothing and fails; 1 is the next. */
    public synchronized void refuse(Call call, int nth, Kind kind) {
        faults.add(new Fault(call, count(call) + nth, Way.REFUSE, kind));
    }

    /** The n-th such call from now does its work, but the connection breaks before its answer. */
    public synchronized void breakAfter(Call call, int nth) {
        faults.add(new Fault(call, count(call) + nth, Way.BREAK_AFTER, Kind.UNREACHABLE));
    }

    /** The n-th such call from now does not answer until {@link #release()}, and then has timed out. */
    public synchronized void hang(Call call, int nth) {
        faults.add(new Fault(call, count(call) + nth, Way.HANG, Kind.TIMED_OUT));
    }

    public void release() {
        released.countDown();
    }

    /** Waits until a call hangs. */
    public boolean awaitHang(Duration atMost) throws InterruptedException {
        return hanging.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Every call fails until the engine is back. */
    public synchronized void goAway() {
        absent = true;
    }

    public synchronized void comeBack() {
        absent = false;
    }

    /** How often it was called. */
    public synchronized int count(Call call) {
        return counts.getOrDefault(call, 0);
    }

    /** Like the real engine's, most calls cannot be interrupted; the interrupt is kept for afterwards. */
    <T> T around(Call call, Supplier<T> work) {
        return around(call, work, Faults::awaitWhole);
    }

    <T> T aroundInterruptibly(Call call, Supplier<T> work) throws InterruptedException {
        return around(call, work, latch -> latch.await(LONGEST_HANG.toNanos(), TimeUnit.NANOSECONDS));
    }

    private interface Wait<E extends Exception> {
        boolean on(CountDownLatch latch) throws E;
    }

    private <T, E extends Exception> T around(Call call, Supplier<T> work, Wait<E> wait) throws E {
        var fault = next(call);
        if (fault == null) return work.get();
        throw switch (fault.way()) {
            case REFUSE -> failure(fault, "");
            case BREAK_AFTER -> failure(fault, ", having answered " + work.get());
            case HANG -> {
                hanging.countDown();
                if (!wait.on(released)) throw new AssertionError("A hanging call was never released.");
                yield failure(fault, "");
            }
        };
    }

    private synchronized Fault next(Call call) {
        int now = counts.merge(call, 1, Integer::sum);
        if (absent) return new Fault(call, now, Way.REFUSE, Kind.UNREACHABLE);
        return faults.stream()
                .filter(fault -> fault.call() == call && fault.at() == now)
                .findFirst()
                .orElse(null);
    }

    private static boolean awaitWhole(CountDownLatch latch) {
        boolean interrupted = false;
        long end = System.nanoTime() + LONGEST_HANG.toNanos();
        try {
            while (true) {
                try {
                    return latch.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    private static EngineException failure(Fault fault, String more) {
        return new EngineException(
                fault.kind(), "Docker failed at " + fault.call() + " (" + fault.kind() + ")" + more + ".", null);
    }
}
