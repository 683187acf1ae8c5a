package dev.signalbox.deploys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.engine.Container;
import dev.signalbox.engine.Eventually;
import dev.signalbox.projects.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of replicas that run and are not well. */
class HealingIT {
    private static final Duration SOON = Duration.ofSeconds(40);
    /** Is ill from when it is told so until it is told otherwise, or started again. */
    private static final String MOODY = """
            const name = require('os').hostname();
            let ill = false;
            require('http').createServer((request, response) => {
                if (request.url === '/sicken') ill = true;
                if (request.url === '/heal') ill = false;
                response.writeHead(ill ? 503 : 200).end(name);
            }).listen(process.env.PORT);
            process.on('SIGTERM', () => process.exit(0));
            """;

    @RegisterExtension
    static final RigExtension RIG = new RigExtension();

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Rig rig = RIG.rig();

    @AfterAll
    static void close() {
        CLIENT.shutdownNow();
    }

    @Test
    void oneOfTwoLeavesTheRouteIsStartedAgainAndComesBack() {
        var workload = rig.workload("pair");
        rig.deployWell(workload, Apps.node(MOODY));
        var pair = scale(workload, 2);
        var ill = rig.containers(pair).getFirst();
        assertThat(answering(workload)).hasSize(2);
        var startedAt = ill.startedAt();

        tell(ill, "/sicken");

        Eventually.within(SOON, "a notice", () -> !notices(workload).isEmpty());
        assertThat(notices(workload))
                .singleElement()
                .asString()
                .matches(
                        "web\\.[12] (answers GET / with 503|was started"
                                + " again and is not well yet)\\. It gets no requests, and is started again until it is well\\.");
        Eventually.within(SOON, "one of them in the route", () -> isRouted(workload, ill, false));
        assertThat(rig.answer(workload, "/").status()).isEqualTo(200);
        Eventually.within(SOON, "another start", () -> isStartedSince(ill, startedAt));
        Eventually.within(SOON, "both in the route", () -> isRouted(workload, ill, true));
        Eventually.within(SOON, "no notice", () -> notices(workload).isEmpty());
        assertThat(answering(workload)).hasSize(2);
    }

    @Test
    void theLastOneStaysInTheRoute() {
        var workload = rig.workload("single");
        var deployment = rig.deployWell(workload, Apps.node(MOODY));
        var only = rig.onlyContainer(deployment);

        tell(only, "/sicken");

        Eventually.within(SOON, "a notice", () -> !notices(workload).isEmpty());
        Eventually.within(
                SOON,
                "the last resort",
                () -> notices(workload)
                        .equals(List.of(
                                "web.1 answers GET / with 503. It still gets requests, since no other replica is well."
                                        + " Its log may say why.")));
        assertThat(rig.answer(workload, "/").status()).isEqualTo(503);
        assertThat(rig.answer(workload, "/").from()).isNotEqualTo("panel");
        assertThat(rig.onlyContainer(deployment).startedAt()).isEqualTo(only.startedAt());

        tell(only, "/heal");

        Eventually.within(SOON, "no notice", () -> notices(workload).isEmpty());
        assertThat(rig.answer(workload, "/").status()).isEqualTo(200);
    }

    private Deployment scale(Workload workload, int replicas) {
        var processes = rig.deploys.processes();
        var line = processes.find(workload, "web").orElseThrow();
        var check = new HealthCheck(HealthCheck.Kind.HTTP, "/", null, null, null, 1, null, 1);
        var outcome =
                processes.set(workload, line, new ProcessSetting(null, replicas, 512, null, check, false), Rig.ACTOR);
        assertThat(outcome).isInstanceOf(Processes.Outcome.Deploying.class);
        return rig.requireLive(rig.awaitEnd(((Processes.Outcome.Deploying) outcome).deployment()));
    }

    private List<String> notices(Workload workload) {
        return rig.projects
                .findWorkload(workload.id())
                .map(rig.deploys::notices)
                .orElseThrow();
    }

    private boolean isRouted(Workload workload, Container container, boolean wanted) {
        return rig.route(workload)
                .filter(text -> text.contains("http://" + container.ip() + ":") == wanted)
                .isPresent();
    }

    private boolean isStartedSince(Container container, Instant before) {
        return rig.engine
                .findContainer(container.id().value())
                .filter(now -> now.isRunning() && now.startedAt() != null)
                .filter(now -> now.startedAt().isAfter(before))
                .isPresent();
    }

    /** Who answers, asked often enough for each to have had its turn. */
    private Set<String> answering(Workload workload) {
        var names = new HashSet<String>();
        for (int i = 0; i < 8; i++) names.add(rig.ask(workload));
        return names;
    }

    private static void tell(Container container, String path) {
        try {
            CLIENT.send(
                    HttpRequest.newBuilder(URI.create("http://" + container.ip() + ":8080" + path))
                            .timeout(Duration.ofSeconds(5))
                            .build(),
                    BodyHandlers.discarding());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
