package dev.signalbox.web;

import dev.signalbox.accounts.Accounts;
import dev.signalbox.accounts.Accounts.TokenLine;
import dev.signalbox.accounts.Accounts.TokenRequest;
import dev.signalbox.accounts.Caller;
import dev.signalbox.accounts.Flaw;
import dev.signalbox.accounts.Members;
import dev.signalbox.accounts.Permission;
import dev.signalbox.accounts.Role;
import dev.signalbox.accounts.Scope;
import dev.signalbox.accounts.TeamScope;
import dev.signalbox.web.Draft.Nothing;
import dev.signalbox.web.TokenPage.MadeToken;
import dev.signalbox.web.TokenPage.TokenForm;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The team's tokens. Who may not manage them sees the own ones and can end them. */
final class TokenPages {
    private static final int LONGEST_NAME = 100;
    private static final int ENDED_SHOWN = 20;
    static final List<String> LIVES = List.of("7", "30", "90", "365", "never");

    private final Resources resources;
    private final Accounts accounts;
    private final Members members;
    private final Places places;
    private final Clock clock;

    TokenPages(Resources resources, Features features, Places places, Clock clock) {
        this.resources = resources;
        this.accounts = features.accounts();
        this.members = features.members();
        this.places = places;
        this.clock = clock;
    }

    List<PageRoute<?, ?>> routes() {
        var team = resources.team().at(Paths.TOKENS);
        return List.of(
                team.get("", "tokens.page", "The team's tokens, without their texts.")
                        .everyMember("everybody sees the own ones, and only admins the others")
                        .page(this::show),
                team.post("", "tokens.create", "Makes a token; its text is on the page that follows and never again.")
                        .needs(Permission.MANAGE_TOKENS)
                        .takes(TokenForm.class)
                        .page(this::create)
                        .afterPassword(),
                team.post("/revoke", "tokens.revoke", "Ends a token at once.")
                        .everyMember("everybody may end the own ones, and the others are not found without the right")
                        .takes(RevokeForm.class)
                        .page(this::revoke)
                        .afterPassword());
    }

    record RevokeForm(String token) {}

    private static boolean isSeenBy(Caller caller, TokenLine token) {
        return isOwn(caller, token) || caller.may(Permission.MANAGE_TOKENS);
    }

    private static boolean isOwn(Caller caller, TokenLine token) {
        return token.personId() != null && token.personId().equals(caller.personId());
    }

    private Reply show(PageCall<TeamScope, Nothing> call) {
        return page(call, TokenForm.fresh(), null, null);
    }

    private Reply.View page(
            PageCall<TeamScope, ?> call, TokenForm form, @Nullable MadeToken made, @Nullable Flaw flaw) {
        var caller = call.caller();
        var names = names(call.resource());
        var now = clock.instant();
        var seen = accounts.tokens(call.resource()).stream()
                .filter(token -> isSeenBy(caller, token))
                .collect(Collectors.partitioningBy(token -> isEnded(token, now)));
        var page = new TokenPage(
                caller.may(Permission.MANAGE_TOKENS),
                rows(call, names, seen.getOrDefault(false, List.of())),
                rows(
                        call,
                        names,
                        seen.getOrDefault(true, List.of()).stream()
                                .limit(ENDED_SHOWN)
                                .toList()),
                form,
                TeamPage.choices(caller.role(), Role.parse(form.role()).orElse(Role.MEMBER)),
                TokenPage.scopes(form.scopes()),
                TokenPage.lives(form.life()),
                made,
                flaw);
        return Reply.view("tokens", page, places.team("API tokens", Paths.TOKENS));
    }

    private List<TokenPage.TokenRow> rows(
            PageCall<TeamScope, ?> call, Map<String, String> names, List<TokenLine> tokens) {
        return tokens.stream()
                .map(token -> TokenPage.row(
                        token,
                        names,
                        isOwn(call.caller(), token) || call.caller().role().covers(token.role()),
                        clock))
                .toList();
    }

    private Map<String, String> names(TeamScope team) {
        var names = new HashMap<String, String>();
        for (var member : members.list(team)) {
            names.put(member.person().id(), member.person().name());
        }
        return names;
    }

    private static boolean isEnded(TokenLine token, Instant now) {
        return token.revokedAt() != null || (token.expiresAt() != null && !now.isBefore(token.expiresAt()));
    }

    private Reply create(PageCall<TeamScope, TokenForm> call) {
        var form = call.form();
        var flaw = flaw(form);
        if (flaw.isPresent()) return page(call, form, null, flaw.get()).refused();
        var role = Role.parse(form.role()).orElseThrow();
        if (!call.caller().role().covers(role)) throw new Refusal(Problem.roleTooWeak(role));
        var scopes = form.scopes().stream()
                .flatMap(word -> Scope.parse(word).stream())
                .collect(Collectors.toUnmodifiableSet());
        call.note(form.name().strip() + ": " + role.word() + " " + TokenPage.words(scopes));
        var made = accounts.createToken(
                call.resource(),
                new TokenRequest(
                        form.name().strip(),
                        role,
                        scopes,
                        null,
                        end(form.life()),
                        call.session().person().id()));
        var text = made.text().reveal();
        var git = scopes.stream().anyMatch(Set.of(Scope.DEPLOY_READ, Scope.DEPLOY_WRITE)::contains);
        return page(
                call,
                TokenForm.fresh(),
                new MadeToken(form.name().strip(), text, git ? TokenPage.gitLines(call.origin()) : List.of()),
                null);
    }

    /** The rules of the API, said at the fields of the form. */
    private static Optional<Flaw> flaw(TokenForm form) {
        var name = form.name().strip();
        if (name.isEmpty() || name.codePointCount(0, name.length()) > LONGEST_NAME) {
            return Optional.of(new Flaw("name", "Say what the token is for, in 1 to 100 characters."));
        }
        if (Role.parse(form.role()).isEmpty()) {
            return Optional.of(new Flaw("role", "Choose one of the roles that are offered."));
        }
        if (form.scopes().isEmpty()
                || form.scopes().stream().anyMatch(word -> Scope.parse(word).isEmpty())) {
            return Optional.of(new Flaw("scopes", "Say what the token may: choose at least one of these."));
        }
        if (!LIVES.contains(form.life())) {
            return Optional.of(new Flaw("life", "Choose one of the times that are offered."));
        }
        return Optional.empty();
    }

    private @Nullable Instant end(String life) {
        return life.equals("never") ? null : clock.instant().plus(Duration.ofDays(Long.parseLong(life)));
    }

    /** Of a token of somebody else's team is said what is said of one that there never was. */
    private Reply revoke(PageCall<TeamScope, RevokeForm> call) {
        var caller = call.caller();
        var token = accounts.tokens(call.resource()).stream()
                .filter(each -> each.id().equals(call.form().token()) && isSeenBy(caller, each))
                .findFirst();
        if (token.isEmpty()) return notRevoked();
        var name = token.get().name();
        call.note(name);
        if (!isOwn(caller, token.get()) && !caller.role().covers(token.get().role())) {
            throw new Refusal(Problem.roleTooWeak(token.get().role()));
        }
        return accounts.revokeToken(call.resource(), token.get().id())
                ? new Reply.Go(Paths.TOKENS, "Revoked. Whoever uses " + name + " is refused from now on.")
                : notRevoked();
    }

    private static Reply notRevoked() {
        return new Reply.Go(Paths.TOKENS, "Nothing was revoked: there is no such token, or it has ended already.");
    }
}
