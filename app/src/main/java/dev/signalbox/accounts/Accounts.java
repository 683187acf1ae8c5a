package dev.signalbox.accounts;

import dev.signalbox.db.Db;
import dev.signalbox.db.Ids;
import dev.signalbox.secrets.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Teams and the tokens that speak for them. */
public final class Accounts {
    /** How stale a token's "last used" may be: a row is not written for every request. */
    private static final Duration USE_IS_NOTED_AFTER = Duration.ofMinutes(1);

    private static final String FIRST_TEAM = "team";

    private final Db db;
    private final Clock clock;
    private final Ids ids;
    private final TokenMint mint;

    public Accounts(Db db, Clock clock, Ids ids) {
        this.db = db;
        this.clock = clock;
        this.ids = ids;
        this.mint = new TokenMint(ids);
    }

    /** The team that everything belongs to until there are more; made when it is first asked for. */
    public TeamScope firstTeam() {
        return new TeamScope(db.write(sql -> AccountStore.firstTeam(sql)
                .orElseGet(() -> AccountStore.insertTeam(sql, ids.next("team"), FIRST_TEAM, clock.instant()))));
    }

    /** Makes another team. */
    public TeamScope createTeam(String name) {
        return new TeamScope(db.write(sql -> AccountStore.insertTeam(sql, ids.next("team"), name, clock.instant())));
    }

    /** The team of this name, for the appliance's own commands. */
    public Optional<TeamScope> findTeam(String name) {
        return db.read(sql -> AccountStore.findTeam(sql, name)).map(TeamScope::new);
    }

    /** What the team is called. */
    public String teamName(TeamScope team) {
        return db.read(sql -> AccountStore.teamName(sql, team));
    }

    /** Makes a token and shows it this once; only its digest is kept. */
    public NewToken createToken(TeamScope team, TokenRequest request) {
        var minted = mint.mint();
        db.change(sql -> AccountStore.insertToken(sql, team, minted, request, clock.instant()));
        return new NewToken(minted.id(), minted.text());
    }

    /** Who this token speaks for; empty when it is unknown, revoked or expired. */
    public Optional<Caller> authenticate(Secret token) {
        var presented = TokenMint.read(token);
        if (presented.isEmpty()) return Optional.empty();
        var known = db.read(sql -> AccountStore.findToken(sql, presented.get().id()));
        var now = clock.instant();
        if (known.isEmpty() || !known.get().accepts(presented.get(), now)) return Optional.empty();
        noteUse(known.get(), now);
        return Optional.of(known.get().caller());
    }

    /** Who a request's header speaks for. */
    public Optional<Caller> authenticate(Authorization authorization) {
        return authenticate(authorization.token());
    }

    /** The team's tokens without their texts, newest first. */
    public List<TokenLine> tokens(TeamScope team) {
        return db.read(sql -> AccountStore.tokens(sql, team));
    }

    /** Ends a token at once; false when the team has none of this id. */
    public boolean revokeToken(TeamScope team, String tokenId) {
        return db.write(sql -> AccountStore.revokeToken(sql, team, tokenId, clock.instant()));
    }

    private void noteUse(KnownToken token, Instant now) {
        if (token.isNotedSince(now.minus(USE_IS_NOTED_AFTER))) return;
        db.changeUnlessFull(sql -> AccountStore.noteUse(sql, token.id(), now));
    }

    /**
     * What a new token is for.
     *
     * @param personId who made it, with whom it ends; null for a token of the team
     */
    public record TokenRequest(
            String name,
            Role role,
            Set<Scope> scopes,
            @Nullable String serviceId,
            @Nullable Instant expiresAt,
            @Nullable String personId) {
        public TokenRequest {
            scopes = Set.copyOf(scopes);
        }

        /** A token of the team. */
        public TokenRequest(
                String name, Role role, Set<Scope> scopes, @Nullable String serviceId, @Nullable Instant expiresAt) {
            this(name, role, scopes, serviceId, expiresAt, null);
        }
    }

    /** A token's text, to be shown once. */
    public record NewToken(String id, Secret text) {}

    /** A row of the list of tokens. */
    public record TokenLine(
            String id,
            String name,
            Role role,
            Set<Scope> scopes,
            @Nullable String personId,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant usedAt,
            @Nullable Instant revokedAt) {}
}
