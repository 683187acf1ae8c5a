package dev.signalbox.accounts;

import java.util.Arrays;
import java.util.Optional;

/** What a token was made for. A token never may more than its role, and of that only what its scopes say. */
public enum Scope {
    PROJECTS_READ("projects:read"),
    PROJECTS_WRITE("projects:write"),
    VARIABLES_READ("variables:read"),
    VARIABLES_WRITE("variables:write"),
    DEPLOY_READ("deploy:read"),
    DEPLOY_WRITE("deploy:write"),
    LOGS_READ("logs:read"),
    TOKENS_WRITE("tokens:write"),
    TEAM_READ("team:read"),
    TEAM_WRITE("team:write"),
    AUDIT_READ("audit:read");

    private final String word;

    Scope(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public static Optional<Scope> parse(String word) {
        return Arrays.stream(values()).filter(scope -> scope.word.equals(word)).findFirst();
    }
}
