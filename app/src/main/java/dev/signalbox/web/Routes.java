package dev.signalbox.web;

import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** Every route there is. What is not listed here is not registered, and nothing is listed that has no rule. */
record Routes(List<Operation<?, ?, ?>> operations, List<PageRoute<?, ?>> pages, List<OpenRoute> open) {
    Routes {
        operations = List.copyOf(operations);
        pages = List.copyOf(pages);
        open = List.copyOf(open);
    }

    /** What routes are made of. */
    record Parts(
            Features features,
            Gate gate,
            EdgePages edge,
            Answers answers,
            Assets assets,
            Streams streams,
            WebSettings settings,
            Clock clock) {}

    static Routes of(Parts parts) {
        var operations = operations(parts.features(), parts.streams(), parts.clock());
        var open = Stream.of(
                        open(parts.gate(), parts.edge(), parts.settings(), operations),
                        new GitRoutes(parts.features().git(), parts.gate(), parts.settings()).open(),
                        new SignInPages(parts.features(), parts.gate(), parts.answers()).open(),
                        new SetupPages(parts.features(), parts.gate(), parts.answers()).open(),
                        new JoinPages(parts).open(),
                        parts.assets().open(),
                        BrowserChoices.open())
                .flatMap(List::stream)
                .toList();
        return new Routes(operations, pages(parts), open);
    }

    private static List<PageRoute<?, ?>> pages(Parts parts) {
        var features = parts.features();
        var resources = new Resources(features.accounts(), features.projects(), features.deploys());
        var places = new Places(features.projects());
        var contents = new Contents(features.projects(), features.variables(), features.urls());
        var firstPush = new FirstPushPages(resources, features, places, parts.clock());
        return Stream.of(
                        firstPush.routes(),
                        new ProjectsPages(resources, features, places, firstPush, parts.clock()).routes(),
                        new ProjectPages(resources, features, places, parts.clock()).routes(),
                        new ProjectSettingsPages(resources, features, contents, places).routes(),
                        new ServicePages(resources, features, places, parts.clock()).routes(),
                        new DeploymentListPages(resources, features, places, parts.clock()).routes(),
                        new DeploymentPages(resources, features, places, parts.clock()).routes(),
                        new DeploymentLogPages(resources, features).routes(),
                        new SearchPages(resources, features, places).routes(),
                        new VariablesPages(resources, features, places, parts.clock()).routes(),
                        new VariablePages(resources, features, places, parts.clock()).routes(),
                        new LogPages(resources, features, places).routes(),
                        new ServiceSettingsPages(resources, features, contents, places).routes(),
                        new ProcessPages(resources, features, places).routes(),
                        new DiskPages(resources, features, places, parts.clock()).routes(),
                        new KeysPages(resources, places).routes(),
                        new TeamPages(resources, features, places, parts.clock()).routes(),
                        new AuditPages(resources, features, places, parts.clock()).routes(),
                        new AccountPages(resources, features, places, parts.clock()).routes(),
                        new TokenPages(resources, features, places, parts.clock()).routes())
                .<PageRoute<?, ?>>flatMap(List::stream)
                .toList();
    }

    private static List<Operation<?, ?, ?>> operations(Features features, Streams streams, Clock clock) {
        var resources = new Resources(features.accounts(), features.projects(), features.deploys());
        var contents = new Contents(features.projects(), features.variables(), features.urls());
        return Stream.of(
                        new TokensApi(resources, features.accounts(), features.projects(), clock).operations(),
                        new ProjectsApi(resources, features.projects(), contents).operations(),
                        new ServicesApi(resources, features, contents).operations(),
                        new VariablesApi(resources, features.variables()).operations(),
                        new DeploymentsApi(resources, features.projects(), features.deploys()).operations(),
                        new ProcessesApi(resources, features).operations(),
                        new CrashApi(resources, features, clock).operations(),
                        new LogsApi(resources, features.logs(), streams).operations(),
                        new DiskApi(resources, features).operations())
                .<Operation<?, ?, ?>>flatMap(List::stream)
                .toList();
    }

    private static List<OpenRoute> open(
            Gate gate, EdgePages pages, WebSettings settings, List<Operation<?, ?, ?>> operations) {
        return List.of(
                OpenRoute.get(
                        "/",
                        "it leads to the first page",
                        ctx -> ctx.status(303).header("Location", Paths.PROJECTS)),
                OpenRoute.get("/health", "who watches the appliance has no token", ctx -> {
                    gate.countVisitor(settings.healthLimit(), ctx);
                    ctx.contentType("application/json").result("{\"status\":\"ok\"}");
                }),
                OpenRoute.get(
                        "/api/v1/openapi.json", "it is the same on every machine and says nothing of this one", ctx -> {
                            gate.countVisitor(ctx);
                            ctx.contentType("application/json").result(Json.write(OpenApi.of(operations)));
                        }),
                OpenRoute.everyMethod(
                        "/_signalbox/error/{status}",
                        "the router shows it to an app's visitors; it costs less than refusing it would",
                        pages::error));
    }
}
