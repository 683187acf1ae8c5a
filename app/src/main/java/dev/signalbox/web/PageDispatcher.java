package dev.signalbox.web;

import dev.signalbox.accounts.Session;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Takes a request of a browser through a page's route: who is signed in, may they, act, answer, write down. */
final class PageDispatcher {
    private static final Duration PROOF_LASTS = Duration.ofMinutes(15);

    private final Gate gate;
    private final AuditTrail trail;
    private final Answers answers;
    private final DoubleClicks doubleClicks;
    private final Clock clock;

    PageDispatcher(Gate gate, AuditTrail trail, Answers answers, Clock clock) {
        this.gate = gate;
        this.trail = trail;
        this.answers = answers;
        this.doubleClicks = new DoubleClicks(clock);
        this.clock = clock;
    }

    <T, B extends Record> void serve(PageRoute<T, B> route, Context ctx) throws IOException {
        var writes = route.heading().verb().writes();
        if (writes) Csrf.checkOrigin(ctx);
        var signedIn = gate.signedIn(ctx);
        if (signedIn.isEmpty()) answers.askWhoItIs(ctx, writes);
        else serve(route, signedIn.get(), writes, ctx);
    }

    private <T, B extends Record> void serve(PageRoute<T, B> route, SignedIn signedIn, boolean writes, Context ctx)
            throws IOException {
        answers.note(ctx, signedIn);
        if (writes) Csrf.checkToken(ctx, signedIn.cookie());
        var session = signedIn.session();
        // What was deleted by the first click is not there for the second, which is answered before it is looked for.
        var reply = writes
                ? doubleClicks.once(ctx, session.id(), () -> reply(route, session, true, ctx))
                : reply(route, session, false, ctx);
        if (reply.isEmpty()) answers.askForPassword(ctx, writes);
        else answers.send(ctx, reply.get(), gate.stillAdmits(route.rule(), signedIn.cookie()));
    }

    /** What the page comes to; none when the password has to be given first. */
    private <T, B extends Record> Optional<Reply> reply(
            PageRoute<T, B> route, Session session, boolean writes, Context ctx) {
        var caller = session.caller();
        var resource = trail.watch(
                route.heading(), caller, ctx, () -> gate.admit(route.resource(), route.rule(), caller, ctx));
        if (route.freshly() && session.confirmedAt().plus(PROOF_LASTS).isBefore(clock.instant())) {
            return Optional.empty();
        }
        var form = writes ? Forms.read(ctx, route.form()) : Forms.empty(route.form());
        var call = new PageCall<>(
                session,
                resource,
                form,
                Arrival.visit(ctx),
                Arrival.origin(ctx),
                query(ctx),
                ctx.pathParamMap(),
                ctx.header("Last-Event-ID"),
                Answers.wantedFragment(ctx).orElse(null));
        return Optional.of(trail.follow(route, call, ctx, () -> route.action().act(call)));
    }

    private static Map<String, String> query(Context ctx) {
        var query = new HashMap<String, String>();
        ctx.queryParamMap().forEach((name, values) -> {
            if (!values.isEmpty()) query.put(name, values.getLast());
        });
        return query;
    }
}
