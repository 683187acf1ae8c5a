package dev.signalbox.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Takes a request of a browser through a page's route: who is signed in, may they, act, answer, write down. */
final class PageDispatcher {
    private static final Duration PROOF_LASTS = Duration.ofMinutes(15);

    private final Gate gate;
    private final AuditTrail trail;
    private final Answers answers;
    private final Clock clock;

    PageDispatcher(Gate gate, AuditTrail trail, Answers answers, Clock clock) {
        this.gate = gate;
        this.trail = trail;
        this.answers = answers;
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
        var caller = session.caller();
        var resource = trail.watch(
                route.heading(), caller, ctx, () -> gate.admit(route.resource(), route.rule(), caller, ctx));
        if (route.freshly() && session.confirmedAt().plus(PROOF_LASTS).isBefore(clock.instant())) {
            answers.askForPassword(ctx, writes);
            return;
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
        var reply = trail.follow(route, call, ctx, () -> route.action().act(call));
        answers.send(ctx, reply, gate.stillAdmits(route.rule(), signedIn.cookie()));
    }

    private static Map<String, String> query(Context ctx) {
        var query = new HashMap<String, String>();
        ctx.queryParamMap().forEach((name, values) -> {
            if (!values.isEmpty()) query.put(name, values.getLast());
        });
        return query;
    }
}
