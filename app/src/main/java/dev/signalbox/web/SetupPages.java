package dev.signalbox.web;

import dev.signalbox.accounts.Flaw;
import dev.signalbox.accounts.NewPerson;
import dev.signalbox.accounts.People;
import dev.signalbox.accounts.SetUp;
import dev.signalbox.secrets.Secret;
import io.javalin.http.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first start: whoever holds the link that root made becomes the owner, once. */
final class SetupPages {
    private static final String WITH_LINK = "/setup/{token}";
    private static final String WHY = "nobody can be signed in yet; the token in the link is what lets in";

    private final People people;
    private final Gate gate;
    private final Answers answers;

    SetupPages(Features features, Gate gate, Answers answers) {
        this.people = features.people();
        this.gate = gate;
        this.answers = answers;
    }

    List<OpenRoute> open() {
        return List.of(
                OpenRoute.get("/setup", WHY, ctx -> answers.show(ctx, closedOrPending())),
                OpenRoute.get(WITH_LINK, WHY, this::show),
                OpenRoute.post(WITH_LINK, WHY, this::setUp));
    }

    record SetUpForm(String name, String email, String password, String team) {}

    /** @param flaw what was wrong with what was sent; null at first */
    record SetupPage(String token, SetUpForm form, @Nullable Flaw flaw) implements Flawed {}

    record ClosedPage(String heading, String message, String command) {}

    /** What everybody sees who has no link, until somebody used theirs. */
    static Reply.View pending() {
        return closed(
                503,
                "Nobody has set up this machine yet",
                "Whoever has root on it can: this prints a link that works once, for 30 minutes.",
                "sudo signalbox setup-token");
    }

    private Reply.View closedOrPending() {
        return people.isSetUp() ? closed() : pending();
    }

    private static Reply.View closed() {
        return closed(
                410,
                "This machine has its owner",
                "Sign in, or ask somebody of the team for an invitation. Nothing was changed.",
                "");
    }

    private static Reply.View closed(int status, String heading, String message, String command) {
        return Reply.view("setup-closed", new ClosedPage(heading, message, command), Place.outside(heading))
                .status(status);
    }

    private static Reply.View badLink() {
        return closed(
                403,
                "This link does not work any more",
                "It was used, is older than 30 minutes, or a newer one was made. Make a new one on the server.",
                "sudo signalbox setup-token");
    }

    private void show(Context ctx) {
        gate.countVisitor(ctx);
        var token = ctx.pathParam("token");
        if (people.isSetUp()) answers.show(ctx, closed());
        else if (!people.isSetupToken(new Secret(token))) answers.show(ctx, badLink());
        else answers.show(ctx, form(200, token, new SetUpForm("", "", "", ""), null));
    }

    private void setUp(Context ctx) {
        Csrf.checkOrigin(ctx);
        gate.countVisitor(ctx);
        var token = ctx.pathParam("token");
        var form = Forms.read(ctx, SetUpForm.class);
        var owner = new NewPerson(form.name(), form.email(), new Secret(form.password()));
        switch (people.setUp(new Secret(token), form.team(), owner, Arrival.visit(ctx))) {
            case SetUp.Done(var started) -> {
                SessionCookie.set(ctx, started);
                ctx.status(303).header("Location", Paths.PROJECTS);
            }
            case SetUp.Flawed(var flaw) -> answers.show(ctx, form(422, token, form, flaw));
            case SetUp.TokenInvalid() -> answers.show(ctx, badLink());
            case SetUp.TokenExpired() -> answers.show(ctx, badLink());
            case SetUp.AlreadySetUp() -> answers.show(ctx, closed());
        }
    }

    private static Reply.View form(int status, String token, SetUpForm form, @Nullable Flaw flaw) {
        return Reply.view("setup", new SetupPage(token, form, flaw), Place.outside("First start"))
                .status(status);
    }
}
