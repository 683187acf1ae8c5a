package dev.signalbox.web;

import dev.signalbox.accounts.Accounts;
import dev.signalbox.accounts.Accounts.TokenRequest;
import dev.signalbox.accounts.Audit;
import dev.signalbox.accounts.Audit.Act;
import dev.signalbox.accounts.Audit.Outcome;
import dev.signalbox.accounts.FirstOwner;
import dev.signalbox.accounts.NewPerson;
import dev.signalbox.accounts.People;
import dev.signalbox.accounts.Role;
import dev.signalbox.accounts.Scope;
import dev.signalbox.accounts.TeamScope;
import dev.signalbox.secrets.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The commands of whoever is root on this machine. */
final class AdminCommands {
    private static final String ACTOR = "root on this machine";
    private static final String OWNER = "Owner";
    private static final String TEAM = "Team";

    private final Accounts accounts;
    private final People people;
    private final Audit audit;
    private final String panel;
    private final Supplier<HostStatus> status;
    private final Clock clock;

    AdminCommands(
            Accounts accounts, People people, Audit audit, String panel, Supplier<HostStatus> status, Clock clock) {
        this.accounts = accounts;
        this.people = people;
        this.audit = audit;
        this.panel = panel;
        this.status = status;
        this.clock = clock;
    }

    Map<String, AdminCommand<?>> byName() {
        return Map.of(
                "token.create", new AdminCommand<>(TokenArguments.class, this::createToken),
                "setup.token", new AdminCommand<>(NoArguments.class, none -> setupLink()),
                "owner.create", new AdminCommand<>(OwnerArguments.class, this::createOwner),
                "owner.password", new AdminCommand<>(NoArguments.class, none -> ownerPassword()),
                "status", new AdminCommand<>(NoArguments.class, none -> status()));
    }

    record NoArguments() {}

    /**
     * A token to be made.
     *
     * @param role owner when left out
     * @param scopes all of them when left out
     * @param team the first one when left out
     * @param hours after which it ends; it does not when they are left out
     */
    record TokenArguments(
            @AtMost(100) String name,
            @Nullable Role role,
            @AtMost(20) @Nullable List<Scope> scopes,
            @AtMost(100) @Nullable String team,
            @Nullable Integer hours) {}

    record MadeToken(String token) {}

    record SetupLink(String link) {}

    /**
     * The first owner.
     *
     * @param password made here when left out
     */
    record OwnerArguments(
            @AtMost(254) String email,
            @AtMost(60) @Nullable String name,
            @AtMost(60) @Nullable String team,
            @AtMost(1000) @Nullable String password) {}

    record OwnerPassword(String email, String password) {}

    record Status(List<StatusLine> lines, List<HostStatus.App> apps) {}

    record StatusLine(String name, String value) {}

    private MadeToken createToken(TokenArguments wanted) {
        if (wanted.name().isBlank()) {
            throw new Refusal(Problem.invalid("name_invalid", "name", "Say what the token is for: --name laptop."));
        }
        var team = team(wanted.team());
        var scopes = wanted.scopes() == null || wanted.scopes().isEmpty()
                ? EnumSet.allOf(Scope.class)
                : Set.copyOf(wanted.scopes());
        var role = Objects.requireNonNullElse(wanted.role(), Role.OWNER);
        var made = accounts.createToken(
                team, new TokenRequest(wanted.name().strip(), role, scopes, null, end(wanted.hours())));
        audit.record(new Act(
                team, ACTOR, "tokens.create", made.id(), Outcome.DONE, null, null, wanted.name() + ": " + role.word()));
        return new MadeToken(made.text().reveal());
    }

    private @Nullable Instant end(@Nullable Integer hours) {
        if (hours == null) return null;
        if (hours < 1) {
            throw new Refusal(Problem.invalid(
                    "hours_invalid", "hours", "Say after how many hours it ends, 1 or more. Nothing was made."));
        }
        return clock.instant().plus(Duration.ofHours(hours));
    }

    private TeamScope team(@Nullable String name) {
        if (name == null) return accounts.firstTeam();
        return accounts.findTeam(name)
                .orElseThrow(() -> new Refusal(
                        Problem.of(404, "not_found", "There is no team named " + name + ". Nothing was made.")));
    }

    private SetupLink setupLink() {
        return people.newSetupToken()
                .map(token -> new SetupLink(panel + "/setup/" + token.reveal()))
                .orElseThrow(() -> new Refusal(alreadySetUp()));
    }

    private Problem alreadySetUp() {
        return Problem.of(
                410,
                "setup_closed",
                "Signalbox is set up already. Nothing was changed. Sign in at " + panel
                        + ", or give the owner a new password with: sudo signalbox owner-password");
    }

    private OwnerPassword createOwner(OwnerArguments wanted) {
        var password = wanted.password() == null ? people.newPassword() : new Secret(wanted.password());
        var owner = new NewPerson(Objects.requireNonNullElse(wanted.name(), OWNER), wanted.email(), password);
        return switch (people.createOwner(Objects.requireNonNullElse(wanted.team(), TEAM), owner)) {
            case FirstOwner.Made(var email) -> new OwnerPassword(email, password.reveal());
            case FirstOwner.AlreadySetUp() -> throw new Refusal(alreadySetUp());
            case FirstOwner.Flawed(var flaw) ->
                throw new Refusal(
                        Problem.invalid("owner_invalid", flaw.field(), "There is still no owner. " + flaw.message()));
        };
    }

    private OwnerPassword ownerPassword() {
        return people.resetOwner()
                .map(made -> new OwnerPassword(made.email(), made.password().reveal()))
                .orElseThrow(() -> new Refusal(Problem.of(
                        410,
                        "setup_pending",
                        "There is no owner yet. Nothing was changed. Begin with: sudo signalbox setup-token")));
    }

    private Status status() {
        var now = status.get();
        var lines = now.lines().entrySet().stream()
                .map(line -> new StatusLine(line.getKey(), line.getValue()))
                .toList();
        return new Status(lines, now.apps());
    }
}
