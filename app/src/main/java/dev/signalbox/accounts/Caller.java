package dev.signalbox.accounts;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks: a token of a team, or a person who is signed in, with what they may.
 *
 * @param actor how the audit log and deployments name it
 * @param tokenId the token it came with, or the session
 * @param serviceId the only service it may touch; null for all of the team
 * @param expiresAt when its token ends; null for one that does not
 * @param personId who is signed in, or whose token it is; null for a token of the team
 */
public record Caller(
        String actor,
        String tokenId,
        TeamScope team,
        Role role,
        Set<Scope> scopes,
        @Nullable String serviceId,
        @Nullable Instant expiresAt,
        @Nullable String personId) {
    public Caller {
        scopes = Set.copyOf(scopes);
    }

    public Decision decide(Permission permission) {
        if (!role.covers(permission.from())) return new Decision.RoleTooWeak(permission.from());
        if (!scopes.contains(permission.scope())) return new Decision.ScopeMissing(permission.scope());
        return new Decision.Allowed();
    }

    public boolean may(Permission permission) {
        return decide(permission) instanceof Decision.Allowed;
    }

    /** Whether this caller is bound to one service, and it is another than this. */
    public boolean isBoundElsewhere(String service) {
        return serviceId != null && !serviceId.equals(service);
    }

    /** Yes, or which no. */
    public sealed interface Decision {
        record Allowed() implements Decision {}

        record RoleTooWeak(Role needed) implements Decision {}

        record ScopeMissing(Scope needed) implements Decision {}
    }
}
