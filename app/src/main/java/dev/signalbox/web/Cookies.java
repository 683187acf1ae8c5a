package dev.signalbox.web;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.time.Duration;

/** Sets cookies of ours: for the whole panel, never readable by a script, and over TLS only when this request was. */
final class Cookies {
    private Cookies() {}

    static void set(Context ctx, String name, String value, Duration kept) {
        ctx.cookie(
                new Cookie(name, value, "/", (int) kept.toSeconds(), Arrival.isSecure(ctx), true, null, SameSite.LAX));
    }

    static void clear(Context ctx, String name) {
        set(ctx, name, "", Duration.ZERO);
    }
}
