package dev.signalbox.web;

import dev.signalbox.secrets.Secret;
import io.javalin.http.Context;
import java.util.Set;

/** Tells a request that one of our own pages made from one that another site made the browser send. */
final class Csrf {
    static final String FIELD = "_csrf";
    private static final String HEADER = "X-CSRF-Token";
    private static final String TEXT = "csrf";
    private static final Set<String> OUR_OWN = Set.of("same-origin", "none");
    private static final Problem REFUSED =
            Problem.of(403, "csrf", "This form is not from this page any more. Reload the page and try again.");

    private Csrf() {}

    /** Goes into every form; bound to the session, so that it ends with it. */
    static String token(Secret cookie) {
        return Signature.of(cookie, TEXT);
    }

    /**
     * Refuses what another site sent. A browser says so itself where the connection is safe, and by {@code Origin} where it
     * is plain; a program says neither.
     */
    static void checkOrigin(Context ctx) {
        var site = ctx.header("Sec-Fetch-Site");
        var origin = ctx.header("Origin");
        var ours = site != null ? OUR_OWN.contains(site) : origin == null || origin.equals(Arrival.origin(ctx));
        if (!ours) throw new Refusal(REFUSED);
    }

    /** Refuses what does not carry this session's token. */
    static void checkToken(Context ctx, Secret cookie) {
        var header = ctx.header(HEADER);
        var sent = header != null ? header : ctx.formParam(FIELD);
        if (sent == null || !Signature.isOf(cookie, TEXT, sent)) throw new Refusal(REFUSED);
    }
}
