package dev.signalbox.web;

import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** Every route there is. What is not listed here is not registered, and nothing is listed that has no rule. */
record Routes(List<Operation<?, ?, ?>> operations, List<OpenRoute> open) {
    Routes {
        operations = List.copyOf(operations);
        open = List.copyOf(open);
    }

    static Routes of(Features features, Gate gate, EdgePages pages, Assets assets, WebSettings settings, Clock clock) {
        var operations = operations(features, settings, clock);
        var open = Stream.of(
                        open(gate, pages, settings, operations),
                        assets.open(),
                        new GitRoutes(features.git(), gate, settings).open())
                .flatMap(List::stream)
                .toList();
        return new Routes(operations, open);
    }

    private static List<Operation<?, ?, ?>> operations(Features features, WebSettings settings, Clock clock) {
        var resources = new Resources(features.accounts(), features.projects(), features.deploys());
        var contents = new Contents(features.projects(), features.variables(), features.urls());
        return Stream.of(
                        new TokensApi(resources, features.accounts(), features.projects(), clock).operations(),
                        new ProjectsApi(resources, features.projects(), contents).operations(),
                        new ServicesApi(resources, features, contents).operations(),
                        new VariablesApi(resources, features.variables()).operations(),
                        new DeploymentsApi(resources, features.projects(), features.deploys()).operations(),
                        new LogsApi(resources, features.logs(), new Streams(settings)).operations())
                .<Operation<?, ?, ?>>flatMap(List::stream)
                .toList();
    }

    private static List<OpenRoute> open(
            Gate gate, EdgePages pages, WebSettings settings, List<Operation<?, ?, ?>> operations) {
        return List.of(
                OpenRoute.get("/", "it says how to begin and nothing about this machine", ctx -> {
                    gate.count(settings.visitorLimit(), Arrival.of(ctx).visitor(), ctx);
                    pages.home(ctx);
                }),
                OpenRoute.get("/health", "who watches the appliance has no token", ctx -> {
                    gate.count(settings.healthLimit(), Arrival.of(ctx).visitor(), ctx);
                    ctx.contentType("application/json").result("{\"status\":\"ok\"}");
                }),
                OpenRoute.get(
                        "/api/v1/openapi.json", "it is the same on every machine and says nothing of this one", ctx -> {
                            gate.count(settings.visitorLimit(), Arrival.of(ctx).visitor(), ctx);
                            ctx.contentType("application/json").result(Json.write(OpenApi.of(operations)));
                        }),
                OpenRoute.everyMethod(
                        "/_signalbox/error/{status}",
                        "the router shows it to an app's visitors; it costs less than refusing it would",
                        pages::error));
    }
}
