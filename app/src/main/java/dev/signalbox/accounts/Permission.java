package dev.signalbox.accounts;

/** Something a route lets people do: from which role on, and with which scope when a token asks. */
public enum Permission {
    READ_PROJECTS(Role.VIEWER, Scope.PROJECTS_READ),
    CREATE_PROJECTS(Role.MEMBER, Scope.PROJECTS_WRITE),
    DELETE_PROJECTS(Role.ADMIN, Scope.PROJECTS_WRITE),
    READ_VARIABLES(Role.VIEWER, Scope.VARIABLES_READ),
    WRITE_VARIABLES(Role.MEMBER, Scope.VARIABLES_WRITE),
    REVEAL_VARIABLES(Role.ADMIN, Scope.VARIABLES_READ),
    READ_DEPLOYMENTS(Role.VIEWER, Scope.DEPLOY_READ),
    DEPLOY(Role.MEMBER, Scope.DEPLOY_WRITE),
    READ_LOGS(Role.VIEWER, Scope.LOGS_READ),
    READ_SOURCE(Role.VIEWER, Scope.DEPLOY_READ),
    MANAGE_TOKENS(Role.ADMIN, Scope.TOKENS_WRITE),
    READ_TEAM(Role.VIEWER, Scope.TEAM_READ),
    MANAGE_MEMBERS(Role.ADMIN, Scope.TEAM_WRITE),
    READ_AUDIT(Role.ADMIN, Scope.AUDIT_READ);

    private final Role from;
    private final Scope scope;

    Permission(Role from, Scope scope) {
        this.from = from;
        this.scope = scope;
    }

    public Role from() {
        return from;
    }

    public Scope scope() {
        return scope;
    }
}
