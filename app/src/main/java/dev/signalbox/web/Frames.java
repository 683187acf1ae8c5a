package dev.signalbox.web;

import dev.signalbox.accounts.Accounts;
import io.javalin.http.Context;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts together what surrounds a page, from the request that asks for it. */
final class Frames {
    static final String THEME = "signalbox-theme";
    static final String KEYS = "signalbox-keys";
    private static final Set<String> THEMES = Set.of("light", "dark");

    private final Accounts accounts;
    private final Assets assets;
    private final String version;

    Frames(Accounts accounts, Assets assets, String version) {
        this.accounts = accounts;
        this.assets = assets;
        this.version = version;
    }

    Frame of(Context ctx, @Nullable SignedIn signedIn) {
        var theme = Objects.requireNonNullElse(ctx.cookie(THEME), "");
        var host = Objects.requireNonNullElse(ctx.header("Host"), "");
        return new Frame(
                signedIn == null ? null : who(signedIn),
                signedIn == null ? "" : Csrf.token(signedIn.cookie()),
                DoubleClicks.mark(),
                THEMES.contains(theme) ? theme : null,
                !"off".equals(ctx.cookie(KEYS)),
                Notice.take(ctx, signedIn).orElse(null),
                !Arrival.isSecure(ctx) && !isHere(host),
                host,
                ctx.path(),
                version,
                assets.urls(),
                assets.url("icons.svg"));
    }

    private Frame.Who who(SignedIn signedIn) {
        var session = signedIn.session();
        return Frame.Who.of(session, accounts.teamName(session.caller().team()));
    }

    private static boolean isHere(String host) {
        return host.matches("(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]+)?");
    }
}
