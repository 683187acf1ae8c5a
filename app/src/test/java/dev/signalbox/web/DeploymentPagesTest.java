package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.Role;
import dev.signalbox.deploys.State;
import dev.signalbox.projects.Workload;
import dev.signalbox.secrets.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The pages about deployments and about the service that they are of. */
class DeploymentPagesTest {
    private static final String SERVICE = "/projects/shop/environments/production/services/web";
    private static final String PAYLOAD = "<img src=x onerror=alert(1)>\"'";

    @TempDir
    Path directory;

    private World world;
    private Browsing owner;
    private Browsing viewer;
    private Workload workload;
    private History history;

    @BeforeEach
    void start() {
        world = new World(directory).start();
        owner = world.signIn(Role.OWNER);
        viewer = world.signIn(Role.VIEWER);
        var project = world.project(world.team, "shop");
        workload = world.workload(project, world.service(project, "web"));
        history = new History(world, workload);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void whatIsUnderWayTellsWhoServesMeanwhile() {
        history.live(142, "Cache facets", Duration.ofHours(2), Duration.ofSeconds(58));
        var id = history.underWay(143, "Charge VAT", "checking", 41.8, 0, 1.5, 5);
        history.release(id, 143, Map.of("VAT_KEY", "s3cret-value"), History.process("web", "npm start", 2));
        history.log(id).line("Build");
        history.log(id).output("    \u001b[31mred\u001b[0m " + PAYLOAD);
        var page = get("/deployments/143");
        assertThat(page)
                .contains("#142 serves every request until #143 has proved itself.", "41.8 s", "58 s last time")
                .contains("Cancel deployment", "If a check fails, nothing changes: #142 goes on.")
                .contains("<code>VAT_KEY</code>", "t-todo", "sse-connect", "<span class=\"bad\">red</span>")
                .contains("&lt;img src=x onerror=alert(1)&gt;")
                .doesNotContain("s3cret-value", "<img", "${", "th:");
        assertThat(viewer.get(SERVICE + "/deployments/143").body())
                .contains("Charge VAT")
                .doesNotContain("Cancel deployment");
    }

    @Test
    void fragmentsAreThemselvesAlone() {
        history.live(1, "Begin", Duration.ofHours(2), Duration.ofSeconds(5));
        history.underWay(2, "Go on", "starting", 3, 0, 1);
        for (var id : new String[] {"head", "outcome", "steps", "changes", "log-end"}) {
            var fragment = owner.fragment(SERVICE + "/deployments/2", id);
            assertThat(fragment.status()).isEqualTo(200);
            assertThat(fragment.body().strip()).contains("id=\"" + id + "\"").doesNotContain("<main", "<html");
        }
        for (var id : new String[] {"head", "notes", "deployments", "aside"}) {
            assertThat(owner.fragment(SERVICE, id).body())
                    .contains("id=\"" + id + "\"")
                    .doesNotContain("<main");
        }
    }

    @Test
    void aSwitchSaysWhatItCost() {
        history.live(1, "Begin", Duration.ofHours(2));
        history.score(history.live(2, "Go on", Duration.ofHours(1)), Duration.ofHours(1), 1412, 0, "");
        assertThat(get("/deployments/2"))
                .contains("1,412 asked, 0 failed, slowest 38 ms")
                .doesNotContain("failed meanwhile", "meter");
        assertThat(get("/deployments/1")).doesNotContain("asked, ");
    }

    @Test
    void aSwitchThatCostSomethingSaysWhen() {
        history.live(1, "Begin", Duration.ofHours(2));
        var id = history.live(2, "Go on", Duration.ofHours(1));
        history.score(id, Duration.ofHours(1).plusSeconds(3), 30, 12, "500,600,1200");
        assertThat(get("/deployments/2"))
                .contains("30 asked, 12 failed, slowest 38 ms")
                .contains("Failed 500 ms, 600 ms, 1.20 s and 9 times more after it began")
                .contains("x=\"25.0%\"", "x=\"30.0%\"", "x=\"60.0%\"")
                .contains("2 requests failed meanwhile", "1 request failed meanwhile");
    }

    @Test
    void aSwitchThatWasCutOffIsNotPraised() {
        history.live(1, "Begin", Duration.ofHours(2));
        history.measuring(history.live(2, "Go on", Duration.ofHours(1)), Duration.ofHours(1));
        assertThat(get("/deployments/2"))
                .contains("Not measured to the end: Signalbox was stopped during the switch.")
                .doesNotContain("asked, ");
    }

    @Test
    void whatMustNotOverlapTellsThatRequestsWait() {
        world.projects.allowOverlap(workload.service(), false);
        history.live(1, "Begin", Duration.ofHours(2), Duration.ofSeconds(5));
        var id = history.underWay(2, "Go on", "checking", 3, 0, 1);
        assertThat(get("/deployments/2"))
                .contains("#1 serves until it stops for #2.", "Requests wait while #1 stops", "M7 70H25")
                .doesNotContain("Drain #1", "stands by");
        history.held(id);
        assertThat(get("/deployments/2"))
                .contains("Requests wait: #1 has stopped, and #2 has to prove itself.", "Held")
                .contains("If a check fails, #1 is started again and gets the requests that wait.");
        history.state(Workload.State.HELD);
        assertThat(get("")).contains("Requests wait: it takes the place of #1.", "Holding");
        world.projects.allowOverlap(workload.service(), true);
        history.fail(id, "checking", "web.1 did not listen on port 8080. #1 was started again and serves.", 1);
        assertThat(get("/deployments/2"))
                .contains(
                        "#1 serves again. #2 never took over.", "#1, started again", "#1 was started again and serves.")
                .doesNotContain("untouched", "keeps running");
    }

    @Test
    void theFirstReleaseHasOneLine() {
        history.underWay(1, "Begin", "settling", 3, 0, 1, 1, 0.4, 1);
        assertThat(get("/deployments/1"))
                .contains("Nothing serves until #1 has proved itself.", "M16 30V100")
                .doesNotContain("M48", "Drain");
    }

    @Test
    void whatFailedSaysWhyWhoServesAndWhatHelps() {
        history.live(60, "Name the queues", Duration.ofHours(20), Duration.ofSeconds(40));
        var id = history.underWay(61, PAYLOAD, "starting", 24.6, 0, 9.9);
        history.log(id).output("  web.1 | Error: REDIS_URL is not set");
        history.log(id).output("  web.1 |     at required (config.js:14:11)");
        history.log(id).end();
        history.fail(
                id,
                "starting",
                "web.1 ended by itself with exit code 1, 2.3 s after it started. Its last words:"
                        + " \"REDIS_URL is not set\". #60 keeps serving.",
                1);
        assertThat(get("/deployments/61"))
                .contains("2.3 s after it started:", "<code>REDIS_URL</code> is not set.", "#60 keeps serving.")
                .contains("Exit code 1", "#60, untouched", "Set REDIS_URL", "Starting failed", "#60 keeps running")
                .contains("/variables/new?name=REDIS_URL", "class=\"err\"", "Last lines before the end")
                .doesNotContain("<img", "sse-connect");
        assertThat(viewer.get(SERVICE + "/deployments/61").body()).doesNotContain("Set REDIS_URL", "Deploy again");
    }

    @Test
    void whoListensElsewhereIsLedToThePort() {
        var id = history.underWay(1, "Begin", "checking", 2);
        history.failOnPort(id, "checking", "It listens on 4000, PORT is 8080. Set the variable PORT to 4000.");
        assertThat(get("/deployments/1")).contains("Set PORT", "/variables/new?name=PORT\"");
    }

    /** Deployments that failed before failures were kept as data have only their sentence. */
    @Test
    void whatFailedLongAgoSaysWhatItSaid() {
        var id = history.underWay(1, "Begin", "starting", 2);
        history.log(id).end();
        history.end(
                id,
                "failed",
                "It listens on 3000, PORT is 8080. Listen on $PORT. Nothing served before, and nothing does now.",
                world.clock.instant());
        assertThat(get("/deployments/1"))
                .contains("It listens on 3000, PORT is 8080.", "Listen on $PORT. Nothing served before")
                .doesNotContain("Set PORT", "Ended with");
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void lastWordsThatAreSlowToReadHoldUpNobody() {
        var id = history.underWay(1, "Begin", "starting", 2, 0, 1);
        for (int i = 0; i < 14; i++) history.log(id).output("  web.1 | " + "A".repeat(60_000));
        history.log(id).output("  web.1 | " + "x".repeat(500) + " REDIS_URL is not set");
        history.log(id).output("  web.1 | " + "A_".repeat(30_000));
        history.log(id).end();
        history.fail(id, "starting", "web.1 ended by itself with exit code 1. Its last words: \"AAAA\".", 1);
        assertThat(owner.get(SERVICE + "/deployments/1").body())
                .contains("Exit code 1")
                .doesNotContain("Set REDIS_URL");
    }

    @Test
    void whatIsLiveShowsHowTheOldOneLeaves() {
        var old = history.live(1, "One", Duration.ofMinutes(3), Duration.ofSeconds(30));
        history.live(2, "Two", Duration.ofSeconds(8), Duration.ofSeconds(30));
        history.drain(old, Duration.ofSeconds(8), null);
        assertThat(get("/deployments/2"))
                .contains("Live 30 s after it was asked for.", "web-shop.localhost", "Draining #1", "sse-connect");
        assertThat(get("/deployments/1")).contains("#2 serves now.", "Go back to this");
    }

    @Test
    void findingShowsTheLinesThatMatch() {
        var id = history.underWay(1, "Begin", "building", 3);
        history.log(id).output("    one <b>apple</b>");
        history.log(id).output("    two pears");
        assertThat(get("/deployments/1?find=APPLE"))
                .contains("<mark>apple</mark>", "1 line with")
                .doesNotContain("two pears");
        assertThat(get("/deployments/1?find=" + URLEncoder.encode(PAYLOAD, StandardCharsets.UTF_8)))
                .contains("0 lines with")
                .doesNotContain("<img");
        var raw = owner.get(SERVICE + "/deployments/1/log.txt");
        assertThat(raw.header("Content-Disposition").orElseThrow()).contains("attachment", "web-1.log");
        assertThat(raw.body()).contains("one <b>apple</b>", "two pears");
    }

    @Test
    void aSecondCancelIsAPlainSentence() {
        history.live(1, "Begin", Duration.ofHours(2), Duration.ofSeconds(5));
        var reply = owner.send(SERVICE + "/deployments/1/cancel", Map.of());
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.body()).contains("Deployment 1 has already ended, so there is nothing to cancel.");
    }

    @Test
    void whatWaitsIsCancelledOnce() {
        var id = history.queued(1, "Begin", Duration.ofSeconds(3));
        assertThat(owner.send(SERVICE + "/deployments/1/cancel", Map.of()).status())
                .isEqualTo(303);
        assertThat(world.deploys.find(id).orElseThrow().state()).isEqualTo(State.CANCELLED);
        assertThat(get("/deployments/1"))
                .contains("Cancelled by " + owner.session().person().name());
        assertThat(viewer.send(SERVICE + "/deployments/1/cancel", Map.of()).status())
                .isEqualTo(403);
    }

    @Test
    void theOverviewSaysWhatServesAndWhatIsNotLiveYet() {
        history.live(1, "One", Duration.ofHours(2), Duration.ofSeconds(5));
        history.live(2, PAYLOAD, Duration.ofHours(1), Duration.ofSeconds(5));
        assertThat(get(""))
                .contains("Live on #2", "web-shop.localhost", "Release #2", "1 \u00d7 512 MB, port 8080")
                .contains("Go back to this", "&lt;img")
                .doesNotContain("not live yet", "<img");
        world.clock.advance(Duration.ofSeconds(1));
        world.variables.replace(workload, Map.of("NEW_ONE", new Secret("hidden-value")));
        assertThat(get("")).contains("1 variable is not live yet", "NEW_ONE").doesNotContain("hidden-value");
        assertThat(viewer.get(SERVICE).body())
                .contains("NEW_ONE")
                .doesNotContain("Go back to this", "<form method=\"post\" action=\"" + SERVICE);
    }

    @Test
    void numbersThatAreTooLongAreNone() {
        var id = history.queued(1, "One", Duration.ofMinutes(1));
        logged(id);
        history.end(id, "cancelled", "No.", world.clock.instant());
        for (var digits : new int[] {12, 18, 19, 20, 40}) {
            var number = "9".repeat(digits);
            var stream = owner.get(SERVICE + "/deployments/1/live?after=" + number);
            assertThat(stream.status()).as(number).isEqualTo(200);
            assertThat(stream.body().contains("event: line")).as(number).isEqualTo(digits > 18);
            assertThat(get("/deployments?after=" + number)).contains("One");
            assertThat(owner.get(SERVICE + "/deployments/" + number).status()).isEqualTo(404);
        }
    }

    /** A stream ends when its log has. */
    private void logged(String id) {
        var log = history.log(id);
        log.line("Build");
        log.end();
    }

    @Test
    void onlyAStreamGoesOnAfterItsLastEvent() {
        for (int i = 1; i <= 45; i++)
            history.end(
                    history.queued(i, "Change " + i, Duration.ofHours(1)), "cancelled", "No.", world.clock.instant());
        var id = history.queued(46, "One", Duration.ofMinutes(1));
        logged(id);
        history.end(id, "cancelled", "No.", world.clock.instant());
        var again = owner.ask("GET", SERVICE + "/deployments/46/live?after=0")
                .with("Last-Event-ID", "1")
                .send();
        assertThat(again.body()).contains("event: over").doesNotContain("event: line");
        var list = owner.ask("GET", SERVICE + "/deployments")
                .with("Last-Event-ID", "5")
                .send();
        assertThat(list.body()).contains("One").doesNotContain("Change 6<");
    }

    @Test
    void allPlacesAgreeOnWhatIsNotLiveYet() {
        history.live(1, "One", Duration.ofHours(2), Duration.ofSeconds(5));
        assertThat(get("")).doesNotContain("/variables/deploy");
        assertThat(isChanged()).isFalse();
        world.variables.replace(workload, Map.of("NEW_ONE", new Secret("hidden-value")));
        assertThat(get("")).contains("1 variable is not live yet", "action=\"" + SERVICE + "/variables/deploy\"");
        assertThat(get("/variables")).contains("1 change is not live yet.");
        assertThat(isChanged()).isTrue();
        history.queued(2, "Two", Duration.ZERO);
        assertThat(get("")).contains("1 variable goes live with #2").doesNotContain("/variables/deploy");
        assertThat(get("/variables")).contains("1 change goes live with #2.");
        world.clock.advance(Duration.ofSeconds(1));
        world.variables.replace(workload, Map.of());
        assertThat(get("")).doesNotContain("1 variable", "NEW_ONE");
        assertThat(get("/variables")).doesNotContain("1 change");
        assertThat(isChanged()).isFalse();
    }

    private boolean isChanged() {
        var found = world.http().get("/api/v1/projects/shop/services/web").as(world.owner());
        return found.send()
                .json()
                .at("/environments/0/changed_since_last_deployment")
                .asBoolean();
    }

    @Test
    void aDeploymentIsOnlyWhereItHappened() {
        history.live(1, "One", Duration.ofHours(2), Duration.ofSeconds(5));
        assertThat(owner.get("/projects/shop/environments/staging/services/web/deployments/1")
                        .status())
                .isEqualTo(404);
        var stranger = world.signIn(world.otherTeam, Role.OWNER);
        assertThat(stranger.get(SERVICE + "/deployments/1").status()).isEqualTo(404);
        assertThat(stranger.send(SERVICE + "/deployments/rollback", Map.of("release", "1"))
                        .status())
                .isEqualTo(404);
    }

    private String get(String path) {
        var reply = owner.get(SERVICE + path);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.body().length()).isLessThan(45_000);
        return reply.body();
    }
}
