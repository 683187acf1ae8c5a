package dev.signalbox.web;

import dev.signalbox.accounts.Audit;
import dev.signalbox.accounts.Audit.Act;
import dev.signalbox.accounts.Audit.Outcome;
import dev.signalbox.accounts.Caller;
import dev.signalbox.web.Operation.Heading;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes down what requests changed, tried to change, or were refused. */
final class AuditTrail {
    /** As much of a path as the audit log keeps: enough for every name there can be. */
    private static final int LONGEST_OBJECT = 200;

    private final Audit audit;
    private final Repeats refusals;

    AuditTrail(Audit audit, Clock clock) {
        this.audit = audit;
        this.refusals = new Repeats(clock);
    }

    /** Does what must not be refused in silence. */
    <R> R watch(Heading heading, Caller caller, Context ctx, Supplier<R> act) {
        try {
            return act.get();
        } catch (Refusal e) {
            recordRefusal(heading, caller, ctx, e.problem());
            throw e;
        }
    }

    /** Does it, and writes down how that ended: what only reads is written down when it is refused. */
    <R> R follow(Heading heading, Caller caller, Context ctx, Supplier<Optional<String>> note, Supplier<R> act) {
        return follow(heading, caller, ctx, note, act, result -> true);
    }

    /** The same for a page. A form that comes back to whoever sent it has done nothing. */
    Reply follow(PageRoute<?, ?> route, PageCall<?, ?> call, Context ctx, Supplier<Reply> act) {
        return follow(
                route.heading(),
                call.caller(),
                ctx,
                call::note,
                act,
                reply -> !route.recorded() && !(reply instanceof Reply.View view && view.status() >= 400));
    }

    private <R> R follow(
            Heading heading,
            Caller caller,
            Context ctx,
            Supplier<Optional<String>> note,
            Supplier<R> act,
            Predicate<R> isNew) {
        var writes = heading.verb().writes();
        try {
            var result = watch(heading, caller, ctx, act);
            if (writes && isNew.test(result))
                record(heading, caller, ctx, Outcome.DONE, note.get().orElse(null));
            return result;
        } catch (Refusal e) {
            throw e;
        } catch (RuntimeException e) {
            if (writes) record(heading, caller, ctx, Outcome.FAILED, note.get().orElse(null));
            throw e;
        }
    }

    /** Who is refused again and again does not fill the log. */
    private void recordRefusal(Heading heading, Caller caller, Context ctx, Problem problem) {
        if (problem.status() != 403 || refusals.isRepeated(caller.tokenId(), heading.name())) return;
        record(heading, caller, ctx, Outcome.REFUSED, problem.code());
    }

    private void record(Heading heading, Caller caller, Context ctx, Outcome outcome, @Nullable String detail) {
        var arrival = Arrival.of(ctx);
        audit.record(new Act(
                caller.team(),
                caller.actor(),
                heading.name(),
                object(ctx.path()),
                outcome,
                arrival.address(),
                arrival.id(),
                detail));
    }

    private static String object(String path) {
        return path.length() <= LONGEST_OBJECT ? path : path.substring(0, LONGEST_OBJECT - 1) + "…";
    }
}
