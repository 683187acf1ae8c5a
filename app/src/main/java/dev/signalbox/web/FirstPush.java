package dev.signalbox.web;

import dev.signalbox.accounts.Accounts;
import dev.signalbox.accounts.Accounts.TokenRequest;
import dev.signalbox.accounts.Role;
import dev.signalbox.accounts.Scope;
import dev.signalbox.accounts.Session;
import dev.signalbox.projects.Workload;
import java.time.Duration;
import java.time.Instant;
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
        @Nullable Token token,
        long before,
        String next,
        String stream) {
    private static final Set<Scope> PUSHES = Set.of(Scope.DEPLOY_WRITE);
    private static final Set<Scope> MAKES_AND_PUSHES = Set.of(Scope.PROJECTS_WRITE, Scope.DEPLOY_WRITE);
    private static final Duration WORKS_FOR = Duration.ofDays(30);
    private static final int LONGEST_NAME = 100;

    FirstPush {
        printed = List.copyOf(printed);
    }

    static final List<String> PRINTED =
            List.of("Build", "  Node 22: \"engines\" in package.json", "Check    HTTP on port 8080: 200 after 0.4 s");

    /**
     * A token that was just made.
     *
     * @param allows what one can do with it
     * @param until when it ends
     */
    record Token(String text, String allows, String until) {}

    /** Makes a token that makes services and pushes, and can do no more. */
    static Token makeToken(Accounts accounts, Session session, Instant now) {
        var name = "first push of " + session.person().name();
        return make(
                accounts,
                session,
                name,
                MAKES_AND_PUSHES,
                null,
                now,
                "makes projects and services and pushes to the team’s");
    }

    /** Makes a token that pushes one service, and can do no more. */
    static Token makeToken(Accounts accounts, Session session, Workload workload, Instant now) {
        var service = workload.service();
        var name = "push of " + workload.project().name() + "/" + service.name() + " by "
                + session.person().name();
        return make(accounts, session, name, PUSHES, service.id(), now, "pushes this service");
    }

    /** One of the same name that nobody has used ends with it. */
    private static Token make(
            Accounts accounts,
            Session session,
            String fullName,
            Set<Scope> scopes,
            @Nullable String serviceId,
            Instant now,
            String allows) {
        var caller = session.caller();
        var name = fullName.substring(0, Math.min(fullName.length(), LONGEST_NAME));
        for (var earlier : accounts.tokens(caller.team())) {
            var unused = earlier.usedAt() == null && earlier.revokedAt() == null;
            if (unused && earlier.name().equals(name) && session.person().id().equals(earlier.personId())) {
                accounts.revokeToken(caller.team(), earlier.id());
            }
        }
        var end = now.plus(WORKS_FOR);
        var request = new TokenRequest(
                name, Role.MEMBER, scopes, serviceId, end, session.person().id());
        var text = accounts.createToken(caller.team(), request).text().reveal();
        return new Token(text, allows, Moment.minute(end));
    }
}
