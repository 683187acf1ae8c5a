package dev.signalbox.web;

import dev.signalbox.accounts.Accounts;
import dev.signalbox.accounts.Accounts.TokenRequest;
import dev.signalbox.accounts.Role;
import dev.signalbox.accounts.Scope;
import dev.signalbox.accounts.Session;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What teaches somebody to push: the commands with the real addresses in them, a token, and what git will print.
 *
 * @param enter the folder to go into; null when the reader is in it
 * @param hint what the names in the commands mean
 * @param token one that was just made, shown this once; null before
 * @param before what comes later than this is what is waited for, in milliseconds
 * @param next where it goes on when it has come
 */
record FirstPush(
        @Nullable String enter,
        String addRemote,
        String push,
        String hint,
        List<String> printed,
        String live,
        boolean mayPush,
        String email,
        @Nullable String token,
        long before,
        String next,
        String stream) {
    private static final Set<Scope> PUSHES = Set.of(Scope.PROJECTS_WRITE, Scope.DEPLOY_WRITE, Scope.DEPLOY_READ);
    private static final int LONGEST_NAME = 100;

    FirstPush {
        printed = List.copyOf(printed);
    }

    static final List<String> PRINTED =
            List.of("Build", "  Node 22: \"engines\" in package.json", "Check    HTTP on port 8080: 200 after 0.4 s");

    /** Makes a token that can do no more than push; one of the same name that nobody has used ends with it. */
    static String makeToken(Accounts accounts, Session session) {
        var caller = session.caller();
        var full = "first push of " + session.person().name();
        var name = full.substring(0, Math.min(full.length(), LONGEST_NAME));
        for (var earlier : accounts.tokens(caller.team())) {
            var unused = earlier.usedAt() == null && earlier.revokedAt() == null;
            if (unused && earlier.name().equals(name) && session.person().id().equals(earlier.personId())) {
                accounts.revokeToken(caller.team(), earlier.id());
            }
        }
        return accounts.createToken(
                        caller.team(),
                        new TokenRequest(
                                name,
                                Role.MEMBER,
                                PUSHES,
                                null,
                                null,
                                session.person().id()))
                .text()
                .reveal();
    }
}
