package dev.signalbox.web;

import dev.signalbox.accounts.NewSession;
import dev.signalbox.secrets.Secret;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;

/**
 * The cookie that stands for a session. Over TLS its name has the prefix with which browsers refuse it from anywhere else
 * (RFC 6265bis, 4.1.3.2); over plain HTTP, where such a cookie is not accepted, it is the plain twin, and only there.
 */
final class SessionCookie {
    private static final String PLAIN = "signalbox";
    private static final String GUARDED = "__Host-signalbox";
    private static final Duration LONGEST = Duration.ofDays(30);

    private SessionCookie() {}

    static Optional<Secret> read(Context ctx) {
        return Optional.ofNullable(ctx.cookie(name(ctx)))
                .filter(text -> !text.isEmpty())
                .map(Secret::new);
    }

    /** With the one that tells this browser from those of strangers from now on. */
    static void set(Context ctx, NewSession session) {
        Cookies.set(ctx, name(ctx), session.cookie().reveal(), LONGEST);
        DeviceCookie.set(ctx, session.device());
    }

    static void clear(Context ctx) {
        Cookies.clear(ctx, name(ctx));
    }

    private static String name(Context ctx) {
        return Arrival.isSecure(ctx) ? GUARDED : PLAIN;
    }
}
