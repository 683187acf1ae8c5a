package dev.signalbox.web;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What somebody chose for their own browser: the theme, and whether keys do something. */
final class BrowserChoices {
    private static final Set<String> THEMES = Set.of("system", "light", "dark");
    private static final Set<String> KEYS = Set.of("on", "off");
    private static final Duration KEPT = Duration.ofDays(400);

    private BrowserChoices() {}

    static List<OpenRoute> open() {
        return List.of(
                OpenRoute.post(
                        "/theme",
                        "it changes nothing but a cookie of the browser that asks",
                        ctx -> choose(ctx, Frames.THEME, "theme", THEMES)),
                OpenRoute.post(
                        "/keys",
                        "it changes nothing but a cookie of the browser that asks",
                        ctx -> choose(ctx, Frames.KEYS, "keys", KEYS)));
    }

    private static void choose(Context ctx, String cookie, String field, Set<String> choices) {
        Csrf.checkOrigin(ctx);
        var choice = Objects.requireNonNullElse(ctx.formParam(field), "");
        if (!choices.contains(choice)) {
            throw new Refusal(Problem.invalid("choice_invalid", field, "Choose one that is offered."));
        }
        Cookies.set(ctx, cookie, choice, KEPT);
        var to = Objects.requireNonNullElse(ctx.formParam("to"), "");
        ctx.status(303).header("Location", SafePath.isOurs(to) ? to : Paths.PROJECTS);
    }
}
