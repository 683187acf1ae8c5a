package dev.signalbox.web;

import dev.signalbox.accounts.Accounts.TokenRequest;
import dev.signalbox.accounts.Invite;
import dev.signalbox.accounts.PeopleKit;
import dev.signalbox.accounts.Role;
import dev.signalbox.accounts.Scope;
import dev.signalbox.accounts.TeamScope;
import dev.signalbox.accounts.Visit;
import dev.signalbox.deploys.Asked;
import dev.signalbox.projects.Environment;
import dev.signalbox.projects.Service;
import dev.signalbox.secrets.Secret;
import java.util.Map;
import java.util.Set;

/** One of each thing that operations are on, and a well-formed request for each operation. */
record Scene(Service service, Map<String, String> names) {
    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("projects.create", "{\"name\":\"FRESH\"}"),
            Map.entry("environments.create", "{\"name\":\"FRESH\",\"branch\":\"feat/FRESH\"}"),
            Map.entry("projects.rename", "{\"name\":\"FRESH\"}"),
            Map.entry("services.rename", "{\"name\":\"FRESH\"}"),
            Map.entry("services.change-overlap", "{\"overlap\":false}"),
            Map.entry("services.create", "{\"name\":\"FRESH\"}"),
            Map.entry("variables.replace", "{\"variables\":{\"GREETING\":\"hello\"}}"),
            Map.entry("variables.change", "{\"variables\":{\"GREETING\":\"hello\"}}"),
            Map.entry("processes.change", "{\"replicas\":2}"),
            Map.entry("deployments.create", "{\"kind\":\"redeploy\"}"),
            Map.entry("tokens.create", "{\"name\":\"deploy\",\"role\":\"viewer\",\"scopes\":[\"tokens:write\"]}"));
    private static final Map<String, String> CONFIRMED =
            Map.of("projects.delete", "project", "environments.delete", "environment", "services.delete", "service");

    static Scene of(World world, TeamScope team) {
        var project = world.project(team, fresh(world));
        var service = world.service(project, fresh(world));
        var workload = world.workload(project, service);
        world.variables.replace(workload, Map.of("GREETING", new Secret("hello")));
        world.release(workload, 1, Map.of(), "[" + History.process("worker", "null", 1) + "]");
        if (!(world.deploys.redeploy(workload, "test") instanceof Asked.Queued(var deployment))) {
            throw new IllegalStateException("nothing was queued");
        }
        var token = world.accounts.createToken(
                team, new TokenRequest("scene", Role.VIEWER, Set.of(Scope.LOGS_READ), null, null));
        var person = PeopleKit.add(world.db, world.clock, world.ids, team, Role.VIEWER);
        var host = world.signIn(team, Role.ADMIN).session().caller();
        var visit = new Visit("127.0.0.1", "test", "req_test");
        if (!(world.invitations.create(host, Role.VIEWER, visit) instanceof Invite.Made(var invitation, var _))) {
            throw new IllegalStateException("nobody was invited");
        }
        return new Scene(
                service,
                Map.of(
                        "project", project.name().value(),
                        "environment", Environment.PRODUCTION.value(),
                        "service", service.name().value(),
                        "deployment", Long.toString(deployment.number()),
                        "variable", "GREETING",
                        "process", "worker",
                        "token", token.id(),
                        "person", person.id(),
                        "invitation", invitation.id()));
    }

    /** Names that nobody has. */
    static Scene ofNothing(World world, Scene like) {
        return new Scene(
                like.service(),
                Map.of(
                        "project",
                        fresh(world),
                        "environment",
                        "production",
                        "service",
                        fresh(world),
                        "deployment",
                        "1",
                        "variable",
                        "GREETING",
                        "process",
                        "worker",
                        "token",
                        world.ids.next("tok"),
                        "person",
                        world.ids.next("per"),
                        "invitation",
                        world.ids.next("inv")));
    }

    static String fresh(World world) {
        return "x" + world.ids.random(12);
    }

    /** A request that is right in every way, without a token. */
    Http.Ask ask(World world, Operation<?, ?, ?> operation) {
        var heading = operation.heading();
        var ask = world.http().ask(heading.verb().name(), path(heading.path()) + query(heading.name()));
        var body = BODIES.get(heading.name());
        return body == null ? ask : ask.json(body.replace("FRESH", fresh(world)));
    }

    String path(String template) {
        var path = template;
        for (var name : names.entrySet()) path = path.replace("{" + name.getKey() + "}", name.getValue());
        return path;
    }

    static String body(String operation) {
        return BODIES.getOrDefault(operation, "");
    }

    private String query(String operation) {
        var confirmed = CONFIRMED.get(operation);
        return confirmed == null ? "" : "?confirm=" + names.get(confirmed);
    }
}
