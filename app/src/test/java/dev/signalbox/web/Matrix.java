package dev.signalbox.web;

import dev.signalbox.accounts.Accounts.TokenRequest;
import dev.signalbox.accounts.Role;
import dev.signalbox.accounts.Scope;
import dev.signalbox.web.PermissionTable.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every kind of caller on something of their own, of another team, and that does not exist. */
final class Matrix {
    private static final Set<Scope> ALL = EnumSet.allOf(Scope.class);

    private final World world;
    private final List<Who> callers;
    private Scene own;
    private Scene foreign;

    Matrix(World world) {
        this.world = world;
        this.own = Scene.of(world, world.team);
        this.foreign = Scene.of(world, world.otherTeam);
        this.callers = callers();
    }

    /** A caller: what they are, and the token they send. */
    private record Who(String label, @Nullable String token, Kind kind, Role role, Set<Scope> scopes) {}

    private enum Kind {
        NOBODY,
        MEMBER_OF_TEAM,
        STRANGER,
        BOUND_ELSEWHERE
    }

    private enum Target {
        OWN,
        FOREIGN,
        RANDOM
    }

    private List<Who> callers() {
        var all = new ArrayList<Who>();
        all.add(new Who("anonymous", null, Kind.NOBODY, Role.VIEWER, Set.of()));
        all.add(new Who("not a token", "x", Kind.NOBODY, Role.VIEWER, Set.of()));
        all.add(new Who("revoked", revoked(), Kind.NOBODY, Role.OWNER, ALL));
        all.add(new Who("expired", expired(), Kind.NOBODY, Role.OWNER, ALL));
        for (var role : Role.values()) {
            all.add(new Who(role.word(), world.token(world.team, role), Kind.MEMBER_OF_TEAM, role, ALL));
        }
        for (var scope : Scope.values()) {
            all.add(new Who(
                    "only " + scope.word(),
                    world.token(world.team, Role.OWNER, Set.of(scope)),
                    Kind.MEMBER_OF_TEAM,
                    Role.OWNER,
                    Set.of(scope)));
        }
        all.add(new Who(
                "owner of another team", world.token(world.otherTeam, Role.OWNER), Kind.STRANGER, Role.OWNER, ALL));
        all.add(new Who("bound to another service", boundElsewhere(), Kind.BOUND_ELSEWHERE, Role.OWNER, ALL));
        return all;
    }

    private String revoked() {
        var made = world.accounts.createToken(world.team, new TokenRequest("revoked", Role.OWNER, ALL, null, null));
        world.accounts.revokeToken(world.team, made.id());
        return made.text().reveal();
    }

    private String expired() {
        var token = world.token(world.team, new TokenRequest("expired", Role.OWNER, ALL, null, world.clock.instant()));
        world.clock.advance(Duration.ofSeconds(1));
        return token;
    }

    private String boundElsewhere() {
        var other = Scene.of(world, world.team).service().id();
        return world.token(world.team, new TokenRequest("bound", Role.OWNER, ALL, other, null));
    }

    /** What the server answers otherwise than the table says, asked for one by one. */
    Stream<String> violations(Operation<?, ?, ?> operation, Row row) {
        return callers.stream().flatMap(who -> violations(operation, row, who).stream());
    }

    private List<String> violations(Operation<?, ?, ?> operation, Row row, Who who) {
        var violations = new ArrayList<String>();
        var missing = new HashSet<String>();
        for (var target : targets(operation)) {
            var expected = expected(operation, row, who, target);
            var reply = ask(operation, who, target);
            if (reply.status() != expected && !cameTooLate(reply)) {
                violations.add(operation.id() + " as " + who.label() + " on " + target + ": expected " + expected
                        + ", was " + reply);
            }
            if (reply.status() == 404) missing.add(reply.body());
        }
        if (missing.size() > 1) {
            violations.add(operation.id() + " as " + who.label() + " tells foreign from missing: " + missing);
        }
        return violations;
    }

    /** Whoever was let in may find that the scene's deployment has ended meanwhile. */
    private static boolean cameTooLate(Http.Reply reply) {
        return reply.status() == 409 && reply.code().equals("deployment_ended");
    }

    private static Set<Target> targets(Operation<?, ?, ?> operation) {
        return operation.heading().path().contains("{") ? EnumSet.allOf(Target.class) : EnumSet.of(Target.OWN);
    }

    private Http.Reply ask(Operation<?, ?, ?> operation, Who who, Target target) {
        var scene = switch (target) {
            case OWN -> own;
            case FOREIGN -> foreign;
            case RANDOM -> Scene.ofNothing(world, own);
        };
        var ask = scene.ask(world, operation);
        var reply = (who.token() == null ? ask : ask.as(who.token())).send();
        var changed = operation.heading().verb().writes() && reply.status() < 300;
        if (changed && target == Target.OWN) own = Scene.of(world, world.team);
        if (changed && target == Target.FOREIGN) foreign = Scene.of(world, world.otherTeam);
        return reply;
    }

    private static int expected(Operation<?, ?, ?> operation, Row row, Who who, Target target) {
        var allowed = operation.output().status();
        if (who.kind() == Kind.NOBODY) return 401;
        if (row.role().isEmpty()) return allowed;
        var onPath = operation.heading().path().contains("{");
        return switch (who.kind()) {
            case NOBODY -> 401;
            case BOUND_ELSEWHERE -> onPath ? 404 : 403;
            case STRANGER -> !onPath || target == Target.FOREIGN ? allowed : 404;
            case MEMBER_OF_TEAM -> {
                if (onPath && target != Target.OWN) yield 404;
                yield may(row, who) ? allowed : 403;
            }
        };
    }

    private static boolean may(Row row, Who who) {
        return row.role().filter(who.role()::covers).isPresent()
                && row.scope().filter(who.scopes()::contains).isPresent();
    }

    /** For the sake of one more kind of caller: a token of the very service that is asked about. */
    Optional<String> violationOfOwnService(Operation<?, ?, ?> operation, Row row) {
        var token = world.token(
                world.team,
                new TokenRequest("bound", Role.OWNER, ALL, own.service().id(), null));
        var expected = Map.of("yes", operation.output().status(), "403", 403, "404", 404)
                .get(row.bound());
        var reply = own.ask(world, operation).as(token).send();
        if (operation.heading().verb().writes() && reply.status() < 300) own = Scene.of(world, world.team);
        return expected == reply.status() || cameTooLate(reply)
                ? Optional.empty()
                : Optional.of(
                        operation.id() + " with the service's own token: expected " + expected + ", was " + reply);
    }
}
