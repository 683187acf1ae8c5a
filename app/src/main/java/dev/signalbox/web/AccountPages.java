package dev.signalbox.web;

import dev.signalbox.accounts.Caller;
import dev.signalbox.accounts.Flaw;
import dev.signalbox.accounts.PasswordChange;
import dev.signalbox.accounts.People;
import dev.signalbox.accounts.Session;
import dev.signalbox.accounts.Sessions;
import dev.signalbox.secrets.Secret;
import dev.signalbox.web.Draft.Nothing;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What somebody sets for themselves: name, password, where they are signed in. */
final class AccountPages {
    private static final String WHY = "it is about nobody but who asks";

    private final Resources resources;
    private final People people;
    private final Sessions sessions;
    private final Places places;
    private final Clock clock;

    AccountPages(Resources resources, Features features, Places places, Clock clock) {
        this.resources = resources;
        this.people = features.people();
        this.sessions = features.sessions();
        this.places = places;
        this.clock = clock;
    }

    List<PageRoute<?, ?>> routes() {
        var own = resources.caller().at(Paths.ACCOUNT);
        return List.of(
                own.get("", "account.page", "What somebody sets for themselves.")
                        .everyMember(WHY)
                        .page(this::show),
                own.post("/name", "people.rename", "Changes what one is called.")
                        .everyMember(WHY)
                        .takes(NameForm.class)
                        .page(this::rename)
                        .recordedByFeature(),
                own.post("/password", "people.change-password", "Changes one's password and ends other sessions.")
                        .everyMember(WHY)
                        .takes(PasswordForm.class)
                        .page(this::changePassword)
                        .recordedByFeature(),
                own.post("/sessions/end-others", "sessions.end-others", "Signs out everywhere but here.")
                        .everyMember(WHY)
                        .page(this::endOthers)
                        .recordedByFeature(),
                own.post("/sessions/end", "sessions.end", "Ends one of one's own sessions.")
                        .everyMember(WHY)
                        .takes(EndForm.class)
                        .page(this::end)
                        .recordedByFeature());
    }

    record NameForm(String name) {}

    record PasswordForm(String current, String password) {}

    record EndForm(String session) {}

    /**
     * The page.
     *
     * @param full whether one more session ends another
     * @param flaw what was wrong with what was sent; null when nothing was
     */
    record AccountPage(
            String name,
            String email,
            List<SessionRow> sessions,
            boolean elsewhere,
            boolean full,
            @Nullable Flaw flaw) implements Flawed {}

    record SessionRow(
            String id, String browser, String agent, String address, Moment since, Moment seen, boolean here) {}

    private Reply show(PageCall<Caller, Nothing> call) {
        return page(call, call.session().person().name(), null);
    }

    private Reply.View page(PageCall<Caller, ?> call, String name, @Nullable Flaw flaw) {
        var session = call.session();
        var rows = sessions.of(session.person()).stream()
                .map(each -> row(each, session))
                .toList();
        var page = new AccountPage(
                name, session.person().email(), rows, rows.size() > 1, rows.size() >= Sessions.MOST, flaw);
        return Reply.view("account", page, places.team("Your account", Paths.ACCOUNT));
    }

    private SessionRow row(Session session, Session reader) {
        return new SessionRow(
                session.id(),
                BrowserName.of(session.agent()),
                session.agent(),
                session.address(),
                Moment.of(session.startedAt(), clock),
                Moment.of(session.seenAt(), clock),
                session.id().equals(reader.id()));
    }

    private Reply rename(PageCall<Caller, NameForm> call) {
        var typed = call.form().name();
        if (typed.strip().equals(call.session().person().name())) {
            return new Reply.Go(Paths.ACCOUNT, "This is your name already.");
        }
        return people.rename(call.session(), typed)
                .<Reply>map(flaw -> page(call, typed, flaw).refused())
                .orElseGet(() -> new Reply.Go(
                        Paths.ACCOUNT, "Renamed. What the audit log says of you until now stays as it is."));
    }

    private Reply changePassword(PageCall<Caller, PasswordForm> call) {
        var session = call.session();
        var current = new Secret(call.form().current());
        var wanted = new Secret(call.form().password());
        return switch (people.changePassword(session, current, wanted, call.visit())) {
            case PasswordChange.Done(var renewed) ->
                new Reply.Renewed(
                        renewed,
                        new Reply.Go(
                                Paths.ACCOUNT,
                                "Password changed. You are signed out everywhere else; tokens go on working."));
            case PasswordChange.Flawed(var flaw) ->
                page(call, session.person().name(), flaw).refused();
        };
    }

    private Reply endOthers(PageCall<Caller, Nothing> call) {
        sessions.endOthers(call.session());
        return new Reply.Go(Paths.ACCOUNT, "Signed out everywhere else.");
    }

    private Reply end(PageCall<Caller, EndForm> call) {
        var id = call.form().session();
        if (id.equals(call.session().id())) {
            sessions.end(call.session());
            return Reply.go(SignInPages.SIGN_IN);
        }
        var ended = sessions.end(call.session().person(), id);
        return new Reply.Go(
                Paths.ACCOUNT,
                ended ? "Signed out there." : "You are not signed in there any more. Nothing was changed.");
    }
}
