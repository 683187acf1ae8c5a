package dev.signalbox.deploys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.deploys.HealthCheck.Kind;
import dev.signalbox.deploys.Processes.Outcome;
import dev.signalbox.engine.Container;
import dev.signalbox.projects.Workload;
import dev.signalbox.routing.TestClient;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Processes get other replicas, limits and health, while requests go on. */
class ScaleIT {
    @RegisterExtension
    static final RigExtension RIG = new RigExtension().draining(Duration.ofSeconds(10));

    private final Rig rig = RIG.rig();

    @Test
    void scalingUpAndDownLosesNoRequest() {
        var workload = rig.workload("elastic");
        rig.set(workload, Map.of("COLOUR", "blue"));
        rig.deployWell(workload, Apps.saying("version 1"));
        rig.set(workload, Map.of("COLOUR", "not live yet"));
        try (var traffic = Traffic.mixed(rig.ports.http(), rig.host(workload), Set.of("version 1"))) {
            var up = scale(workload, 3);
            assertThat(rig.containers(up)).hasSize(3).allMatch(Container::isRunning);
            assertThat(up.cause()).isEqualTo(Cause.SCALE);
            assertThat(rig.log(up)).noneMatch(line -> line.startsWith("Build")).contains("Start    web x 3");
            assertThat(rig.deploys
                            .changesSince(rig.deploys.release(up).orElseThrow(), workload)
                            .all())
                    .extracting(Changes.Change::name)
                    .as("variables that nobody deployed")
                    .containsExactly("COLOUR");

            var down = scale(workload, 1);
            rig.awaitNothingBut(workload, down);
            assertThat(rig.containers(down)).hasSize(1);
            traffic.stop();

            System.out.println(traffic.failures().size() + " of " + traffic.sent() + " requests failed");
            assertThat(traffic.failures()).isEmpty();
        }
    }

    @Test
    void requestsGoToEachReplicaInTurnOrStayWithOne() throws IOException {
        var workload = rig.workload("crowd");
        rig.deployWell(workload, Apps.evaluating("require('os').hostname()"));
        scale(workload, 3);
        assertThat(names(workload, "")).hasSize(3);

        set(workload, line -> new ProcessSetting(null, 3, 512, null, null, true));

        var first = rig.answer(workload, "/");
        var cookie = first.headers().stream()
                .filter(header -> header.startsWith("Set-Cookie: "))
                .map(header -> header.substring(12))
                .findFirst()
                .orElse("");
        assertThat(cookie).contains("signalbox_replica=", "HttpOnly", "SameSite=Lax");
        assertThat(names(workload, cookie.replaceFirst(";.*", ""))).containsExactly(first.body());
    }

    @Test
    void nothingAnswersOfAServiceThatIsScaledToNothing() {
        var workload = rig.workload("closed");
        rig.deployWell(workload, Apps.saying("version 1"));

        var none = scale(workload, 0);

        assertThat(rig.containers(none)).isEmpty();
        assertThat(rig.answer(workload, "/").status()).isEqualTo(503);
        assertThat(rig.deploys.takesRequests(workload)).isFalse();
        scale(workload, 1);
        assertThat(rig.ask(workload)).isEqualTo(Apps.answer("version 1"));
    }

    @Test
    void scalesWhatHasGoneLiveMeanwhile() {
        var workload = rig.workload("moving");
        rig.deployWell(workload, Apps.saying("version 1"));
        var push = rig.queue(workload, Apps.saying("version 2"));
        rig.await(push, State.CHECKING);

        var scaled = rig.requireLive(rig.awaitEnd(asked(workload, replicas(2))));

        rig.requireLive(rig.awaitEnd(push));
        assertThat(rig.ask(workload)).isEqualTo(Apps.answer("version 2"));
        assertThat(scaled.commit()).isEqualTo(push.commit());
        assertThat(rig.containers(scaled)).hasSize(2);
    }

    @Test
    void asksForThePathAndTheStatusThatAreWanted() {
        var workload = rig.workload("strict");
        var app = """
                require('http').createServer((request, response) => {
                    const up = request.url === '/up' && request.headers.host === 'shop.example.com';
                    response.writeHead(up ? 204 : 500).end();
                }).listen(process.env.PORT);
                """;
        rig.deployWell(workload, Apps.saying("version 1"));
        var failed = rig.awaitEnd(asked(
                workload,
                line -> checked(new HealthCheck(Kind.HTTP, "/up", 204, "shop.example.com", 2, null, null, null))));

        assertThat(failed.reason())
                .isEqualTo("GET /up answered 200 instead of 204 for 2.00 s. Its last lines may say why."
                        + " #1 keeps serving.");
        var live = rig.deployWell(workload, Apps.node(app));
        assertThat(rig.log(live)).anyMatch(line -> line.contains("GET /up answered 204 after "));
    }

    @Test
    void anAppThatSpeaksNoHttpHasToAcceptConnections() {
        var workload = rig.workload("raw");
        rig.deployWell(workload, Apps.saying("version 1"));
        set(workload, line -> checked(HealthCheck.usual(Kind.TCP)));

        var live = rig.deployWell(workload, Apps.node("""
                require('http').createServer((request, response) => response.writeHead(500).end())
                    .listen(process.env.PORT);
                """));

        assertThat(rig.log(live)).anyMatch(line -> line.contains("web.1 accepted a connection on port 8080 after "));
    }

    private Deployment scale(Workload workload, int replicas) {
        return set(workload, replicas(replicas));
    }

    private static UnaryOperator<ProcessSetting> replicas(int replicas) {
        return before -> new ProcessSetting(
                null, replicas, before.memoryMegabytes(), before.cpuMillis(), before.health(), before.sticky());
    }

    private static ProcessSetting checked(HealthCheck check) {
        return new ProcessSetting(null, 1, 512, null, check, false);
    }

    /** Waits until what brings it has ended well. */
    private Deployment set(Workload workload, UnaryOperator<ProcessSetting> change) {
        return rig.requireLive(rig.awaitEnd(asked(workload, change)));
    }

    private Deployment asked(Workload workload, UnaryOperator<ProcessSetting> change) {
        var line = rig.deploys.processes().find(workload, "web").orElseThrow();
        var outcome = rig.deploys.processes().set(workload, line, change.apply(line.set()), Rig.ACTOR);
        assertThat(outcome).isInstanceOf(Outcome.Deploying.class);
        return ((Outcome.Deploying) outcome).deployment();
    }

    private Set<String> names(Workload workload, String cookie) throws IOException {
        var names = new HashSet<String>();
        for (int i = 0; i < 9; i++) {
            names.add(TestClient.ask(rig.ports.http(), rig.host(workload), "/", "Cookie: " + cookie)
                    .body());
        }
        return names;
    }
}
