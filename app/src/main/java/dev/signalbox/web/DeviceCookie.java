package dev.signalbox.web;

import dev.signalbox.secrets.Secret;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;

/**
 * The cookie of a browser in which somebody has signed in: with it, what strangers do to the account does not hold them back.
 * It lets nobody in, and stays when they sign out.
 */
final class DeviceCookie {
    private static final String PLAIN = "signalbox-device";
    private static final String GUARDED = "__Host-" + PLAIN;
    private static final Duration KEPT = Duration.ofDays(400);

    private DeviceCookie() {}

    static Optional<Secret> read(Context ctx) {
        return Optional.ofNullable(ctx.cookie(name(ctx)))
                .filter(text -> !text.isEmpty())
                .map(Secret::new);
    }

    static void set(Context ctx, Secret device) {
        Cookies.set(ctx, name(ctx), device.reveal(), KEPT);
    }

    private static String name(Context ctx) {
        return Arrival.isSecure(ctx) ? GUARDED : PLAIN;
    }
}
