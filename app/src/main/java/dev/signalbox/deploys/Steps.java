package dev.signalbox.deploys;

import dev.signalbox.db.FaultPoint;
import org.jspecify.annotations.Nullable;

/** The steps of one deployment: each is written down before it is taken. */
final class Steps {
    private final Job job;
    private final Ledger ledger;
    private final Check check;
    private @Nullable String lastDetail;

    /** Keeps a run that was told to stop from another step. */
    interface Check {
        void requireNotStopped() throws InterruptedException;
    }

    Steps(Job job, Ledger ledger, Check check) {
        this.job = job;
        this.ledger = ledger;
        this.check = check;
    }

    /** @param awaited what is said when it takes long; goes on with "waiting" */
    <T> T take(State step, String awaited, Act<T> act) throws InterruptedException {
        return take(step, step.word(), awaited, act);
    }

    /** The same for a step that is a part of a state. */
    <T> T take(State state, String name, String awaited, Act<T> act) throws InterruptedException {
        check.requireNotStopped();
        if (!ledger.begin(job.deployment(), state, name, lastDetail)) throw new StepFailed("It is over.");
        lastDetail = null;
        FaultPoint.hit("deploy." + name + ".before");
        try (var _ = Patience.with(job.log(), awaited)) {
            var result = act.take();
            FaultPoint.hit("deploy." + name + ".after");
            return result;
        }
    }

    /** What the step now running has to say of itself. */
    String detail(String said) {
        lastDetail = said;
        return said;
    }

    /** What the last step said, until the next begins. */
    @Nullable String lastDetail() {
        return lastDetail;
    }
}
