package dev.signalbox.git;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Deploys nothing, in the order and with the ends that a test wants: one push at a time for each workload. */
final class ScriptedListener implements PushListener {
    final List<Push> pushes = new CopyOnWriteArrayList<>();
    volatile Script script = (push, number, output) -> live(push, number);
    /** When set, nothing is queued. */
    volatile @Nullable String refusal;

    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<String, ReentrantLock> turns = new ConcurrentHashMap<>();

    interface Script {
        PushOutcome run(Push push, int number, Output output) throws InterruptedException;
    }

    static PushOutcome live(Push push, int number) {
        return new PushOutcome.Live(
                number, List.of("http://" + push.workload().service().name() + ".localhost"));
    }

    @Override
    public PushOutcome deploy(Push push, Output output) throws InterruptedException {
        pushes.add(push);
        if (refusal != null) return new PushOutcome.Refused(refusal);
        int number = numbers.incrementAndGet();
        output.queued(number);
        if (push.detached()) {
            push.guard().moveRef();
            return new PushOutcome.Queued(number);
        }
        var turn = turns.computeIfAbsent(push.workload().id(), id -> new ReentrantLock(true));
        turn.lock();
        try {
            var no = push.guard().refusal();
            if (no.isPresent()) return new PushOutcome.Failed(number, no.get());
            var outcome = script.run(push, number, output);
            if (outcome instanceof PushOutcome.Live) push.guard().moveRef();
            return outcome;
        } finally {
            turn.unlock();
        }
    }
}
