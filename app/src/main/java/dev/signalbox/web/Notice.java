package dev.signalbox.web;

import io.javalin.http.Context;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** What was just done, in a sentence that the next page shows once. */
final class Notice {
    private static final String COOKIE = "signalbox-notice";
    private static final int LONGEST = 400;
    private static final Duration SHOWN_WITHIN = Duration.ofMinutes(1);

    private Notice() {}

    static void leave(Context ctx, String text) {
        var kept = text.substring(0, Math.min(text.length(), LONGEST));
        Cookies.set(ctx, COOKIE, URLEncoder.encode(kept, StandardCharsets.UTF_8), SHOWN_WITHIN);
    }

    static Optional<String> take(Context ctx) {
        var text = ctx.cookie(COOKIE);
        if (text == null || text.isEmpty()) return Optional.empty();
        Cookies.clear(ctx, COOKIE);
        try {
            return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
