package dev.signalbox.web;

import dev.signalbox.accounts.Accounts;
import dev.signalbox.accounts.Accounts.TokenLine;
import dev.signalbox.accounts.Accounts.TokenRequest;
import dev.signalbox.accounts.Caller;
import dev.signalbox.accounts.Permission;
import dev.signalbox.accounts.Role;
import dev.signalbox.accounts.Scope;
import dev.signalbox.accounts.TeamScope;
import dev.signalbox.projects.Projects;
import dev.signalbox.web.Draft.Nothing;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tokens: who may what through the API and git. None can be made that may more than the one it was made with. */
final class TokensApi {
    private final Resources resources;
    private final Accounts accounts;
    private final Projects projects;
    private final Clock clock;

    TokensApi(Resources resources, Accounts accounts, Projects projects, Clock clock) {
        this.resources = resources;
        this.accounts = accounts;
        this.projects = projects;
        this.clock = clock;
    }

    List<Operation<?, ?, ?>> operations() {
        return List.of(
                resources
                        .caller()
                        .get("/whoami", "tokens.own", "What the token of this request may.")
                        .anyToken("it tells a token only about itself")
                        .answers(200, OwnToken.class, TokensApi::own),
                resources
                        .team()
                        .post("/tokens", "tokens.create", "Makes a token; its text is in this answer and never again.")
                        .needs(Permission.MANAGE_TOKENS)
                        .takes(NewToken.class)
                        .answers(201, CreatedToken.class, this::create),
                resources
                        .team()
                        .get("/tokens", "tokens.list", "The team's tokens, newest first, without their texts.")
                        .needs(Permission.MANAGE_TOKENS)
                        .answers(200, TokenList.class, this::list),
                resources
                        .token()
                        .delete("", "tokens.revoke", "Ends a token at once.")
                        .needs(Permission.MANAGE_TOKENS)
                        .answers(200, RevokedToken.class, this::revoke));
    }

    record OwnToken(String id, String actor, Role role, List<Scope> scopes, boolean boundToOneService) {}

    /**
     * A token to be made.
     *
     * @param role member when left out
     * @param service project/service: the only one it may touch
     * @param expiresAt no later than the end of the token that makes it, which is taken when it is left out
     */
    record NewToken(
            @AtMost(100) String name,
            @Nullable Role role,
            @AtMost(20) List<Scope> scopes,
            @AtMost(100) @Nullable String service,
            @Nullable Instant expiresAt) {}

    record CreatedToken(String self, String id, String token) implements Located {}

    record TokenView(
            String self,
            String id,
            String name,
            Role role,
            List<Scope> scopes,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant usedAt,
            @Nullable Instant revokedAt) {}

    record TokenList(List<TokenView> tokens) {}

    record RevokedToken(String id) {}

    private static OwnToken own(Call<Caller, Nothing> call) {
        var caller = call.caller();
        return new OwnToken(
                caller.tokenId(), caller.actor(), caller.role(), sorted(caller.scopes()), caller.serviceId() != null);
    }

    private CreatedToken create(Call<TeamScope, NewToken> call) {
        var wanted = call.body();
        var role = Objects.requireNonNullElse(wanted.role(), Role.MEMBER);
        check(wanted, role, call.caller());
        call.note(wanted.name() + ": " + role.word() + " "
                + String.join(
                        " ",
                        sorted(Set.copyOf(wanted.scopes())).stream()
                                .map(Scope::word)
                                .toList()));
        var made = accounts.createToken(
                call.resource(),
                new TokenRequest(
                        wanted.name().strip(),
                        role,
                        Set.copyOf(wanted.scopes()),
                        serviceId(call.resource(), wanted.service()),
                        wanted.expiresAt() == null ? call.caller().expiresAt() : wanted.expiresAt(),
                        call.caller().personId()));
        return new CreatedToken(self(made.id()), made.id(), made.text().reveal());
    }

    private void check(NewToken wanted, Role role, Caller caller) {
        if (wanted.name().isBlank()) {
            throw new Refusal(
                    Problem.invalid("name_invalid", "name", "Say what the token is for, in 1 to 100 characters."));
        }
        if (wanted.scopes().isEmpty()) {
            throw new Refusal(Problem.invalid("required", "scopes", "Say what the token may, at least one scope."));
        }
        if (!caller.role().covers(role))
            throw new Refusal(Problem.roleTooWeak(role).about("role"));
        for (var scope : wanted.scopes()) {
            if (!caller.scopes().contains(scope))
                throw new Refusal(Problem.scopeMissing(scope).about("scopes"));
        }
        if (wanted.expiresAt() != null && !wanted.expiresAt().isAfter(clock.instant())) {
            throw new Refusal(Problem.invalid("time_invalid", "expires_at", "This is in the past."));
        }
        if (wanted.expiresAt() != null
                && caller.expiresAt() != null
                && wanted.expiresAt().isAfter(caller.expiresAt())) {
            throw new Refusal(Problem.outlivesItsMaker(caller.expiresAt()).about("expires_at"));
        }
    }

    private @Nullable String serviceId(TeamScope team, @Nullable String wanted) {
        if (wanted == null) return null;
        var names = wanted.split("/", 2);
        if (names.length != 2) {
            throw new Refusal(
                    Problem.invalid("service_invalid", "service", "Use project/service, for example shop/web."));
        }
        return projects.find(team, names[0])
                .flatMap(project -> projects.findService(project, names[1]))
                .orElseThrow(() -> new Refusal(Problem.NOT_FOUND.about("service")))
                .id();
    }

    private TokenList list(Call<TeamScope, Nothing> call) {
        return new TokenList(
                accounts.tokens(call.resource()).stream().map(TokensApi::view).toList());
    }

    private RevokedToken revoke(Call<TokenLine, Nothing> call) {
        var token = call.resource();
        call.note(token.name());
        if (!call.caller().role().covers(token.role())) throw new Refusal(Problem.roleTooWeak(token.role()));
        if (!accounts.revokeToken(call.caller().team(), token.id())) {
            throw new Refusal(Problem.conflict("token_revoked", "This token was already revoked."));
        }
        return new RevokedToken(token.id());
    }

    private static TokenView view(TokenLine token) {
        return new TokenView(
                self(token.id()),
                token.id(),
                token.name(),
                token.role(),
                sorted(token.scopes()),
                token.createdAt(),
                token.expiresAt(),
                token.usedAt(),
                token.revokedAt());
    }

    private static String self(String id) {
        return "/api/v1/tokens/" + id;
    }

    private static List<Scope> sorted(Set<Scope> scopes) {
        return scopes.stream().sorted().toList();
    }
}
