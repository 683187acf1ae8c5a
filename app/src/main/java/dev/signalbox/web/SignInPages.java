package dev.signalbox.web;

import dev.signalbox.accounts.People;
import dev.signalbox.accounts.Sessions;
import dev.signalbox.accounts.SignIn;
import dev.signalbox.secrets.Secret;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Signing in and out, and giving the password once more. */
final class SignInPages {
    static final String SIGN_IN = "/sign-in";
    private static final String TEMPLATE = "sign-in";
    private static final String BUSY = "Many people are signing in just now. Try again in a moment.";

    private final People people;
    private final Sessions sessions;
    private final Gate gate;
    private final Answers answers;

    SignInPages(Features features, Gate gate, Answers answers) {
        this.people = features.people();
        this.sessions = features.sessions();
        this.gate = gate;
        this.answers = answers;
    }

    List<OpenRoute> open() {
        return List.of(
                OpenRoute.get(SIGN_IN, "it is how one gets a session", this::show),
                OpenRoute.post(SIGN_IN, "it is how one gets a session", this::signIn),
                OpenRoute.post("/sign-out", "it ends the session that it comes with, if any", this::signOut),
                OpenRoute.post("/confirm", "it checks the session that it comes with by itself", this::confirm));
    }

    /** Why somebody is asked. */
    enum Step {
        FIRST,
        AGAIN,
        CONFIRM
    }

    /**
     * The form.
     *
     * @param to where to go afterwards
     * @param problem what was wrong with the last try; empty at first
     * @param kept what was being sent when it turned out that one has to sign in
     */
    record SignInPage(
            Step step,
            String to,
            String email,
            String problem,
            @Nullable KeptForm kept) {
        public boolean confirms() {
            return step == Step.CONFIRM;
        }

        public boolean again() {
            return step == Step.AGAIN;
        }
    }

    /** What was kept, to be sent again by who typed it. */
    record ResumePage(KeptForm kept) {}

    static Reply.View page(int status, Step step, String to, String problem, @Nullable KeptForm kept) {
        return page(status, new SignInPage(step, to, "", problem, kept));
    }

    private static Reply.View page(int status, SignInPage page) {
        return Reply.view(TEMPLATE, page, Place.outside(page.confirms() ? "Your password, please" : "Sign in"))
                .status(status);
    }

    private void show(Context ctx) {
        gate.countVisitor(ctx);
        answers.show(ctx, page(200, Step.FIRST, destination(ctx.queryParam("to")), "", null));
    }

    private void signIn(Context ctx) {
        Csrf.checkOrigin(ctx);
        gate.countVisitor(ctx);
        var email = field(ctx, "email");
        var kept = KeptForm.carried(ctx).orElse(null);
        var to = destination(ctx.formParam("to"));
        var password = new Secret(field(ctx, "password"));
        switch (people.signIn(email, password, DeviceCookie.read(ctx).orElse(null), Arrival.visit(ctx))) {
            case SignIn.Done(var started) -> {
                SessionCookie.read(ctx).flatMap(sessions::find).ifPresent(sessions::end);
                SessionCookie.set(ctx, started);
                goOn(ctx, new SignedIn(started.session(), started.cookie()), to, kept);
            }
            case SignIn.Wrong() ->
                answers.show(
                        ctx,
                        page(
                                401,
                                new SignInPage(
                                        step(kept), to, email, "E-mail and password do not match. Try again.", kept)));
            case SignIn.Wait(var time) ->
                showLater(ctx, 429, new SignInPage(step(kept), to, email, wait(time), kept), time);
            case SignIn.Busy(var time) -> showLater(ctx, 503, new SignInPage(step(kept), to, email, BUSY, kept), time);
        }
    }

    private void confirm(Context ctx) {
        Csrf.checkOrigin(ctx);
        var signedIn = gate.signedIn(ctx).orElse(null);
        if (signedIn == null) {
            ctx.status(303).header("Location", SIGN_IN);
            return;
        }
        answers.note(ctx, signedIn);
        Csrf.checkToken(ctx, signedIn.cookie());
        var kept = KeptForm.carried(ctx).orElse(null);
        var to = destination(ctx.formParam("to"));
        var password = new Secret(field(ctx, "password"));
        switch (people.confirm(signedIn.session(), password, Arrival.visit(ctx))) {
            case SignIn.Done(var started) -> {
                SessionCookie.set(ctx, started);
                goOn(ctx, new SignedIn(started.session(), started.cookie()), to, kept);
            }
            case SignIn.Wrong() -> answers.show(ctx, page(401, Step.CONFIRM, to, "That is not your password.", kept));
            case SignIn.Wait(var time) ->
                showLater(ctx, 429, new SignInPage(Step.CONFIRM, to, "", wait(time), kept), time);
            case SignIn.Busy(var time) -> showLater(ctx, 503, new SignInPage(Step.CONFIRM, to, "", BUSY, kept), time);
        }
    }

    private void goOn(Context ctx, SignedIn signedIn, String to, @Nullable KeptForm kept) {
        if (kept == null) {
            ctx.status(303).header("Location", to);
            return;
        }
        answers.note(ctx, signedIn);
        answers.show(ctx, Reply.view("resume", new ResumePage(kept), Place.outside("Send it again")));
    }

    private void signOut(Context ctx) {
        Csrf.checkOrigin(ctx);
        var signedIn = gate.signedIn(ctx);
        if (signedIn.isPresent()) {
            Csrf.checkToken(ctx, signedIn.get().cookie());
            sessions.end(signedIn.get().session());
            SessionCookie.clear(ctx);
        }
        ctx.status(303).header("Location", SIGN_IN);
    }

    private void showLater(Context ctx, int status, SignInPage page, Duration time) {
        ctx.header("Retry-After", Long.toString(time.toSeconds() + 1));
        answers.show(ctx, page(status, page));
    }

    private static String wait(Duration time) {
        var seconds = time.toSeconds() + 1;
        return "Too many wrong passwords for this account. Try again in "
                + (seconds < 120 ? seconds + " s." : seconds / 60 + " min.");
    }

    private static Step step(@Nullable KeptForm kept) {
        return kept == null ? Step.FIRST : Step.AGAIN;
    }

    private static String destination(@Nullable String to) {
        return to != null && SafePath.isOurs(to) ? to : "/projects";
    }

    private static String field(Context ctx, String name) {
        return Objects.requireNonNullElse(ctx.formParam(name), "");
    }
}
