package dev.signalbox.git;

import dev.signalbox.accounts.Accounts;
import dev.signalbox.accounts.Authorization;
import dev.signalbox.accounts.Caller;
import dev.signalbox.accounts.Caller.Decision;
import dev.signalbox.accounts.Permission;
import dev.signalbox.projects.Name;
import dev.signalbox.projects.Projects;
import dev.signalbox.projects.Service;
import java.util.Optional;

/** Lets a caller in to a repository, or says why not. */
final class Gate {
    private static final String MAKE_ONE = "Make one on the server with: sudo signalbox token create --name ";

    private final Accounts accounts;
    private final Projects projects;

    Gate(Accounts accounts, Projects projects) {
        this.accounts = accounts;
        this.projects = projects;
    }

    sealed interface Answer {
        record Admitted(Caller caller, Authorization authorization, Destination destination) implements Answer {}

        /** {@code text} is shown by git, each line behind {@code remote:}. */
        record Denied(int status, String text) implements Answer {}
    }

    /** Whether this request may deploy to, or read from, the repository that its address names. */
    Answer admit(GitExchange exchange, Permission permission) {
        var header = exchange.header("Authorization");
        if (header.isEmpty()) {
            return unauthorized("A token is needed: any user name, and the token as password.");
        }
        var authorization = Authorization.parse(header.get());
        var caller = authorization.flatMap(accounts::authenticate);
        if (authorization.isEmpty() || caller.isEmpty()) {
            return unauthorized("This is not a token, or it was revoked, or it has expired.");
        }
        var no = denial(caller.get(), permission);
        if (no.isPresent()) return new Answer.Denied(403, no.get());
        return find(exchange, caller.get(), authorization.get(), permission);
    }

    /** What keeps this caller from it, in words; empty when nothing does. */
    static Optional<String> denial(Caller caller, Permission permission) {
        return switch (caller.decide(permission)) {
            case Decision.Allowed() -> Optional.empty();
            case Decision.RoleTooWeak(var needed) ->
                Optional.of("role_too_weak: this takes the role " + needed.word() + ", and this token is a "
                        + caller.role().word() + "'s.\nAsk an admin of your team for another.");
            case Decision.ScopeMissing(var needed) ->
                Optional.of("scope_missing: " + needed.word() + "\nThis token was not made for this. " + MAKE_ONE
                        + "laptop --scope " + needed.word());
        };
    }

    /** Asked again after each wait: why a push must not go on. */
    Optional<String> revocation(Authorization authorization, Optional<String> serviceId) {
        var caller = accounts.authenticate(authorization);
        boolean isStillAllowed = caller.isPresent()
                && caller.get().may(Permission.DEPLOY)
                && serviceId.filter(caller.get()::isBoundElsewhere).isEmpty();
        return isStillAllowed
                ? Optional.empty()
                : Optional.of("The token of this push was revoked, or it has expired. Push again with another.");
    }

    private Answer find(GitExchange exchange, Caller caller, Authorization authorization, Permission permission) {
        boolean isPush = permission == Permission.DEPLOY;
        var projectName = Name.parse(exchange.project());
        var serviceName = Name.parse(withoutSuffix(exchange.service()));
        if (projectName.isEmpty() || serviceName.isEmpty()) {
            return isPush
                    ? new Answer.Denied(422, "name_invalid: a project or service cannot have this name.\n" + Name.RULE)
                    : new Answer.Denied(404, "not_found: there is no such repository.");
        }
        var project = projects.find(caller.team(), projectName.get().value());
        var service = project.flatMap(
                found -> projects.findService(found, serviceName.get().value()));
        var destination =
                new Destination(projectName.get(), serviceName.get(), project.orElse(null), service.orElse(null));
        if (service.isEmpty() || caller.isBoundElsewhere(service.get().id())) {
            var no = isPush ? noCreation(caller) : Optional.of("Check the address. The first push makes a repository.");
            if (no.isPresent()) {
                return new Answer.Denied(
                        404, "not_found: there is no " + destination.label() + " for this token.\n" + no.get());
            }
        } else if (service.get().kind() != Service.Kind.APP) {
            return new Answer.Denied(
                    409, "not_an_app: " + destination.label() + " is a database; only apps are pushed.");
        }
        return new Answer.Admitted(caller, authorization, destination);
    }

    /** Why this caller's push does not make what is missing. */
    private static Optional<String> noCreation(Caller caller) {
        if (caller.serviceId() != null)
            return Optional.of("It is the deploy token of one service, and makes no others.");
        return denial(caller, Permission.CREATE_PROJECTS).map(reason -> "The first push would make it, but " + reason);
    }

    private static Answer unauthorized(String problem) {
        return new Answer.Denied(401, problem + "\n" + MAKE_ONE + "laptop");
    }

    private static String withoutSuffix(String repository) {
        return repository.endsWith(".git") ? repository.substring(0, repository.length() - 4) : repository;
    }
}
