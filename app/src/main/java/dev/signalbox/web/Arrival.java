package dev.signalbox.web;

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

    String visitor() {
        return ClientAddress.visitor(address);
    }
}
