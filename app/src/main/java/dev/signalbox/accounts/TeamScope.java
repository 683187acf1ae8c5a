package dev.signalbox.accounts;

/**
 * The right to see what belongs to one team. Only {@code accounts} can make one, so a query that takes it cannot be asked
 * without somebody having been let in.
 */
public final class TeamScope {
    private final String teamId;

    TeamScope(String teamId) {
        this.teamId = teamId;
    }

    public String teamId() {
        return teamId;
    }
}
