package dev.signalbox.web;

import dev.signalbox.accounts.Flaw;
import dev.signalbox.accounts.Invitations;
import dev.signalbox.accounts.Invitations.Welcome;
import dev.signalbox.accounts.Join;
import dev.signalbox.accounts.NewPerson;
import dev.signalbox.accounts.Sessions;
import dev.signalbox.secrets.Secret;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the link of an invitation leads: somebody says who they are, and is in the team. */
final class JoinPages {
    private static final String WITH_LINK = Paths.JOIN + "/{token}";
    private static final String WHY = "whoever was invited is nobody here yet; the token in the link is what lets in";

    private final Invitations invitations;
    private final Sessions sessions;
    private final Gate gate;
    private final Routes.Parts parts;

    JoinPages(Routes.Parts parts) {
        this.invitations = parts.features().invitations();
        this.sessions = parts.features().sessions();
        this.gate = parts.gate();
        this.parts = parts;
    }

    List<OpenRoute> open() {
        return List.of(OpenRoute.get(WITH_LINK, WHY, this::show), OpenRoute.post(WITH_LINK, WHY, this::join));
    }

    record JoinForm(String name, String email, String password) {}

    /**
     * The form.
     *
     * @param rights what one may there
     * @param left how long the link works
     * @param flaw what was wrong with what was sent; null at first
     */
    record JoinPage(
            String token,
            String team,
            String by,
            String role,
            List<String> rights,
            String left,
            JoinForm form,
            @Nullable Flaw flaw)
            implements Flawed {}

    private void show(Context ctx) {
        gate.countVisitor(ctx);
        answer(ctx, ctx.pathParam("token"), 200, new JoinForm("", "", ""), null);
    }

    private void join(Context ctx) {
        Csrf.checkOrigin(ctx);
        gate.countVisitor(ctx);
        var token = ctx.pathParam("token");
        var form = Forms.read(ctx, JoinForm.class);
        var typed = new NewPerson(form.name(), form.email(), new Secret(form.password()));
        switch (invitations.join(new Secret(token), typed, Arrival.visit(ctx))) {
            case Join.Done(var started) -> {
                SessionCookie.read(ctx).flatMap(sessions::find).ifPresent(sessions::end);
                SessionCookie.set(ctx, started);
                ctx.status(303).header("Location", Paths.PROJECTS);
            }
            case Join.Flawed(var flaw) -> answer(ctx, token, 422, form, flaw);
            case Join.Gone() -> parts.answers().show(ctx, gone());
        }
    }

    private void answer(Context ctx, String token, int status, JoinForm form, @Nullable Flaw flaw) {
        var view = invitations
                .welcome(new Secret(token))
                .map(welcome -> form(welcome, token, form, flaw).status(status))
                .orElseGet(JoinPages::gone);
        parts.answers().show(ctx, view);
    }

    private Reply.View form(Welcome welcome, String token, JoinForm form, @Nullable Flaw flaw) {
        var invitation = welcome.invitation();
        var page = new JoinPage(
                token,
                welcome.team(),
                invitation.by(),
                invitation.role().word(),
                Rights.of(invitation.role()),
                left(invitation.expiresAt(), parts.clock().instant()),
                form,
                flaw);
        return Reply.view("join", page, Place.outside("Join " + welcome.team()));
    }

    /** 7 days, 3 h: how long an invitation still works. */
    static String left(Instant end, Instant now) {
        var left = Duration.between(now, end).plusMinutes(1);
        if (left.toDays() > 0) return left.toDays() + (left.toDays() == 1 ? " day" : " days");
        return left.toHours() > 0 ? left.toHours() + " h" : left.toMinutes() + " min";
    }

    private static Reply.View gone() {
        var heading = "This invitation does not work any more";
        var page = new SetupPages.ClosedPage(
                heading,
                "It was used, was revoked, or is older than 7 days. Nothing was changed. Ask whoever sent it for"
                        + " another, or sign in if you are in the team.",
                "");
        return Reply.view("setup-closed", page, Place.outside(heading)).status(410);
    }
}
