package dev.signalbox.web;

import io.javalin.http.Context;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was just done, in a sentence that the next page shows once. It is signed for the session: an app on a neighbouring name
 * can set cookies for all of them, and must not speak in our pages.
 */
final class Notice {
    private static final String COOKIE = "signalbox-notice";
    /** Before what is signed, so that it is nothing else that is. */
    private static final String TEXT = "notice ";

    private static final int LONGEST = 400;
    private static final Duration SHOWN_WITHIN = Duration.ofMinutes(1);

    private Notice() {}

    static void leave(Context ctx, SignedIn signedIn, String text) {
        var kept = text.substring(0, Math.min(text.length(), LONGEST));
        var value =
                Signature.of(signedIn.cookie(), TEXT + kept) + "." + URLEncoder.encode(kept, StandardCharsets.UTF_8);
        Cookies.set(ctx, COOKIE, value, SHOWN_WITHIN);
    }

    /** What was left for this session; nothing for anybody else, and for who is not signed in. */
    static Optional<String> take(Context ctx, @Nullable SignedIn signedIn) {
        var cookie = ctx.cookie(COOKIE);
        if (cookie == null || cookie.isEmpty()) return Optional.empty();
        Cookies.clear(ctx, COOKIE);
        if (signedIn == null) return Optional.empty();
        int end = cookie.indexOf('.');
        if (end < 0) return Optional.empty();
        return decode(cookie.substring(end + 1))
                .filter(text -> Signature.isOf(signedIn.cookie(), TEXT + text, cookie.substring(0, end)));
    }

    private static Optional<String> decode(String text) {
        try {
            return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
