package dev.signalbox.web;

import dev.signalbox.accounts.Accounts;
import dev.signalbox.accounts.Caller;
import dev.signalbox.accounts.Caller.Decision;
import dev.signalbox.accounts.Sessions;
import dev.signalbox.secrets.Secret;
import dev.signalbox.web.Operation.Rule;
import dev.signalbox.web.RateLimits.Limit;
import dev.signalbox.web.RateLimits.Standing;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests in: whose token it is, what it is about, and whether they may. This is the only place where that is
 * decided.
 */
final class Gate {
    private static final String SCHEME = "bearer ";

    private final Accounts accounts;
    private final Sessions sessions;
    private final RateLimits limits;
    private final WebSettings settings;

    Gate(Accounts accounts, Sessions sessions, RateLimits limits, WebSettings settings) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.limits = limits;
        this.settings = settings;
    }

    /** Who asks. Without a good token the address is counted, with one the token. */
    Caller authenticate(Context ctx) {
        var token = bearer(ctx.header("Authorization"));
        var caller = token.flatMap(accounts::authenticate);
        if (caller.isEmpty()) {
            countVisitor(ctx);
            ctx.header("WWW-Authenticate", "Bearer");
            throw new Refusal((token.isEmpty() ? Problem.tokenMissing() : Problem.tokenInvalid()));
        }
        tell(limits.count(settings.tokenLimit(), caller.get().tokenId()), ctx);
        return caller.get();
    }

    /** Who is signed in. Without a session the address is counted, with one the session. */
    Optional<SignedIn> signedIn(Context ctx) {
        var signedIn = SessionCookie.read(ctx)
                .flatMap(cookie -> sessions.find(cookie).map(session -> new SignedIn(session, cookie)));
        if (signedIn.isEmpty()) countVisitor(ctx);
        else tell(limits.count(settings.sessionLimit(), signedIn.get().session().id()), ctx);
        return signedIn;
    }

    /** Tells, as often as it is asked, whether the session of this request is still good for this. */
    BooleanSupplier stillAdmits(Rule rule, Secret cookie) {
        return () -> sessions.peek(cookie)
                .filter(session -> rule.decide(session.caller()) instanceof Decision.Allowed)
                .isPresent();
    }

    /** Tells, as often as it is asked, whether the token of this request is still good for this. */
    BooleanSupplier stillAdmits(Operation<?, ?, ?> operation, Context ctx) {
        var token = bearer(ctx.header("Authorization"));
        return () -> token.flatMap(accounts::authenticate)
                .filter(caller -> operation.rule().decide(caller) instanceof Decision.Allowed)
                .isPresent();
    }

    /** What the path names, if the caller may do this with it. What is not theirs is not found, whatever they may. */
    <T> T admit(Resource<T> resource, Rule rule, Caller caller, Context ctx) {
        var found = resource.finder().find(caller, ctx.pathParamMap());
        if (found.isEmpty()) throw new Refusal(Problem.NOT_FOUND);
        return switch (rule.decide(caller)) {
            case Decision.Allowed() -> found.get();
            case Decision.RoleTooWeak(var needed) -> throw new Refusal(Problem.roleTooWeak(needed));
            case Decision.ScopeMissing(var needed) -> throw new Refusal(Problem.scopeMissing(needed));
        };
    }

    /** Counts a request of who is nobody here yet, by the address that it came from. */
    void countVisitor(Context ctx) {
        countVisitor(settings.visitorLimit(), ctx);
    }

    /** The same where another limit holds. */
    void countVisitor(Limit limit, Context ctx) {
        tell(limits.countVisitor(limit, Arrival.of(ctx).address()), ctx);
    }

    /** Says in the answer where somebody stands, and refuses the request when it is one too many. */
    private static void tell(Standing standing, Context ctx) {
        ctx.header("RateLimit-Policy", standing.policyHeader());
        ctx.header("RateLimit", standing.header());
        if (standing.isExceeded()) throw new Refusal(Problem.tooMany(standing.retryAfter()));
    }

    private static Optional<Secret> bearer(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) return Optional.empty();
        return Optional.of(new Secret(header.substring(SCHEME.length()).strip()));
    }
}
