package dev.signalbox.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends what the panel's routes reply: a page in its frame or a fragment of it, a redirect, a stream. What htmx says in
 * headers, and what it is told, stands here and nowhere else.
 */
final class Answers {
    private static final String SIGNED_IN = "signed-in";

    private final Views views;
    private final Frames frames;
    private final Streams streams;

    Answers(Views views, Frames frames, Streams streams) {
        this.views = views;
        this.frames = frames;
        this.streams = streams;
    }

    /** Notes whose request it is, for the frame of whatever is answered, a refusal too. */
    void note(Context ctx, SignedIn signedIn) {
        ctx.attribute(SIGNED_IN, signedIn);
    }

    void send(Context ctx, Reply reply, BooleanSupplier admitted) throws IOException {
        switch (reply) {
            case Reply.View view -> show(ctx, view);
            case Reply.Go go -> go(ctx, go);
            case Reply.Renewed(var session, var next) -> {
                SessionCookie.set(ctx, session);
                note(ctx, new SignedIn(session.session(), session.cookie()));
                go(ctx, next);
            }
            case Reply.Live(var picture, var seen) ->
                stream(ctx, admitted, answer -> Pings.send(answer, picture, seen));
            case Reply.Stream(var writer) -> stream(ctx, admitted, writer);
            case Reply.Download download -> download(ctx, admitted, download);
        }
    }

    void show(Context ctx, Reply.View view) {
        var fragment = wantedFragment(ctx).filter(view.fragments()::contains).orElse(null);
        ctx.status(view.status()).html(render(ctx, view, fragment)).header("Vary", "HX-Request, HX-Target, Cookie");
    }

    private String render(Context ctx, Reply.View view, @Nullable String fragment) {
        var model = new HashMap<String, Object>(
                Map.of("page", view.model(), "place", view.place(), "frame", frames.of(ctx, ctx.attribute(SIGNED_IN))));
        return views.render(view.template(), fragment, model);
    }

    private void go(Context ctx, Reply.Go go) {
        if (go.notice() != null) Notice.leave(ctx, signedIn(ctx), go.notice());
        if (isFromHtmx(ctx)) ctx.status(204).header("HX-Redirect", go.path());
        else ctx.status(303).header("Location", go.path());
    }

    /** A page asks who it is and comes back; a form is carried along. */
    void askWhoItIs(Context ctx, boolean writes) {
        if (isFromHtmx(ctx)) {
            ctx.status(401).header("HX-Redirect", SignInPages.SIGN_IN);
        } else if (writes) {
            show(ctx, SignInPages.page(401, SignInPages.Step.AGAIN, "", "", KeptForm.of(ctx)));
        } else if (accepts(ctx, "text/event-stream")) {
            throw new Refusal(Problem.signedOut());
        } else {
            var to = pathAndQuery(ctx);
            var back = to.equals("/") || !SafePath.isOurs(to)
                    ? ""
                    : "?to=" + URLEncoder.encode(to, StandardCharsets.UTF_8);
            ctx.status(303).header("Location", SignInPages.SIGN_IN + back);
        }
    }

    /** What cannot be taken back asks for the password once more. */
    void askForPassword(Context ctx, boolean writes) {
        var kept = writes ? KeptForm.of(ctx) : null;
        var to = writes ? ctx.path() : pathAndQuery(ctx);
        show(ctx, SignInPages.page(403, SignInPages.Step.CONFIRM, to, "", kept));
    }

    private static String pathAndQuery(Context ctx) {
        return ctx.path() + (ctx.queryString() == null ? "" : "?" + ctx.queryString());
    }

    private void stream(Context ctx, BooleanSupplier admitted, Reply.Writer writer) throws IOException {
        try (var _ = streams.take(signedIn(ctx).session().caller())) {
            LiveAnswer.events(ctx, admitted).run(writer);
        }
    }

    private void download(Context ctx, BooleanSupplier admitted, Reply.Download download) {
        try (var _ = streams.take(signedIn(ctx).session().caller())) {
            LiveAnswer.file(ctx, download, admitted).run(download.writer());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SignedIn signedIn(Context ctx) {
        SignedIn signedIn = ctx.attribute(SIGNED_IN);
        return Objects.requireNonNull(signedIn, "nobody is signed in");
    }

    /** The id of the element that is to be replaced; none when a whole page is wanted, as after going back. */
    static Optional<String> wantedFragment(Context ctx) {
        if (!isFromHtmx(ctx) || ctx.header("HX-History-Restore-Request") != null) return Optional.empty();
        return Optional.ofNullable(ctx.header("HX-Target"));
    }

    static boolean isFromHtmx(Context ctx) {
        return "true".equals(ctx.header("HX-Request"));
    }

    private static boolean accepts(Context ctx, String mediaType) {
        return Objects.requireNonNullElse(ctx.header("Accept"), "").contains(mediaType);
    }
}
