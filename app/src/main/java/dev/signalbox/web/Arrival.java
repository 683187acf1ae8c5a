package dev.signalbox.web;

import dev.signalbox.accounts.Visit;
import io.javalin.http.Context;
import java.util.Objects;

/**
 * What is noted of a request when it comes in.
 *
 * @param id names it in answers, in the audit log and in our log
 * @param address where it came from
 */
record Arrival(String id, String address) {
    private static final String ATTRIBUTE = "arrival";

    static void note(Context ctx, String id) {
        ctx.attribute(ATTRIBUTE, new Arrival(id, ClientAddress.of(ctx.ip(), ctx.header("X-Forwarded-For"))));
    }

    static Arrival of(Context ctx) {
        return Objects.requireNonNull(ctx.attribute(ATTRIBUTE), "not noted");
    }

    /** From where, and with which browser. */
    static Visit visit(Context ctx) {
        var arrival = of(ctx);
        return new Visit(arrival.address, Objects.requireNonNullElse(ctx.header("User-Agent"), ""), arrival.id);
    }

    /** Whether the browser came over TLS; the router says so, and drops what a client says of itself. */
    static boolean isSecure(Context ctx) {
        return "https".equals(ctx.header("X-Forwarded-Proto"));
    }

    /** Where our own pages come from, as the browser of this request sees it. */
    static String origin(Context ctx) {
        return (isSecure(ctx) ? "https://" : "http://") + Objects.requireNonNullElse(ctx.header("Host"), "");
    }
}
