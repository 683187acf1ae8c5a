package dev.signalbox.web;

import dev.signalbox.accounts.Accounts.TokenLine;
import dev.signalbox.accounts.Flaw;
import dev.signalbox.accounts.Scope;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that somebody sees, and the form for another.
 *
 * @param mayMake whether the reader makes tokens and sees those of others
 * @param ended the latest of those that do not work any more
 * @param made one that was just made, shown this once
 * @param flaw why none was made; null when nothing is wrong
 */
record TokenPage(
        boolean mayMake,
        List<TokenRow> tokens,
        List<TokenRow> ended,
        TokenForm form,
        List<Choice> roles,
        List<ScopeChoice> scopes,
        List<Choice> lives,
        @Nullable MadeToken made,
        @Nullable Flaw flaw)
        implements Flawed {
    TokenPage {
        tokens = List.copyOf(tokens);
        ended = List.copyOf(ended);
        roles = List.copyOf(roles);
        scopes = List.copyOf(scopes);
        lives = List.copyOf(lives);
    }

    /** @param life in days, or never */
    record TokenForm(String name, String role, List<String> scopes, String life) {
        static TokenForm fresh() {
            return new TokenForm("", "member", List.of(Scope.DEPLOY_READ.word(), Scope.DEPLOY_WRITE.word()), "90");
        }
    }

    /** @param git what gives it to git on the reader's machine; empty when it is not for git */
    record MadeToken(String name, String text, List<String> git) {}

    /** @param id what its form sends that ends it; null where the reader may not end it, or it has ended */
    record TokenRow(
            String name,
            String about,
            String role,
            String scopes,
            @Nullable Moment used,
            String end,
            @Nullable String id) {}

    record ScopeChoice(String word, String text, boolean chosen) {}

    static TokenRow row(TokenLine token, Map<String, String> names, boolean mayRevoke, Clock clock) {
        var maker = token.personId() == null
                ? "the team’s"
                : "by " + names.getOrDefault(token.personId(), "somebody who left");
        var end = end(token, clock);
        var works = token.revokedAt() == null && !end.startsWith("Expired");
        return new TokenRow(
                token.name(),
                maker + ", " + Moment.of(token.createdAt(), clock).text(),
                TeamPage.title(token.role()),
                words(token.scopes()),
                Moment.ofNullable(token.usedAt(), clock),
                end,
                mayRevoke && works ? token.id() : null);
    }

    private static String end(TokenLine token, Clock clock) {
        if (token.revokedAt() != null)
            return "Revoked " + Moment.of(token.revokedAt(), clock).text();
        if (token.expiresAt() == null) return "never";
        return (isPast(token.expiresAt(), clock) ? "Expired " : "") + Moment.day(token.expiresAt());
    }

    private static boolean isPast(Instant end, Clock clock) {
        return !clock.instant().isBefore(end);
    }

    static String words(Set<Scope> scopes) {
        return scopes.stream().sorted().map(Scope::word).collect(Collectors.joining(" "));
    }

    static List<ScopeChoice> scopes(List<String> chosen) {
        return Arrays.stream(Scope.values())
                .map(scope -> new ScopeChoice(scope.word(), text(scope), chosen.contains(scope.word())))
                .toList();
    }

    private static String text(Scope scope) {
        return switch (scope) {
            case PROJECTS_READ -> "See projects and services";
            case PROJECTS_WRITE -> "Make, rename and delete them";
            case VARIABLES_READ -> "See variables";
            case VARIABLES_WRITE -> "Change variables";
            case DEPLOY_READ -> "See deployments, clone";
            case DEPLOY_WRITE -> "Push, deploy, go back";
            case LOGS_READ -> "Read logs";
            case TOKENS_WRITE -> "Make and revoke tokens";
            case TEAM_READ -> "See the team";
            case TEAM_WRITE -> "Invite, change roles";
            case AUDIT_READ -> "Read the audit log";
        };
    }

    static List<Choice> lives(String chosen) {
        return TokenPages.LIVES.stream()
                .map(life ->
                        new Choice(life, life.equals("never") ? "Never" : "In " + life + " days", life.equals(chosen)))
                .toList();
    }

    /** Typed in a shell, the token is read from the keyboard: it does not stay in its history. */
    static List<String> gitLines(String origin) {
        var panel = URI.create(origin);
        return List.of(
                "git config --global credential." + origin + ".helper store",
                "read -rs TOKEN && printf 'protocol=" + panel.getScheme() + "\\nhost=" + panel.getAuthority()
                        + "\\nusername=git\\npassword=%s\\n' \"$TOKEN\" | git credential approve");
    }
}
