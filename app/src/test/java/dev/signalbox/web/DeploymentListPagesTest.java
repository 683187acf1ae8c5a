package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.Role;
import dev.signalbox.projects.Name;
import dev.signalbox.projects.Service;
import dev.signalbox.projects.Workload;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of deployments, and the forms that ask for another. */
class DeploymentListPagesTest {
    private static final String SERVICE = "/projects/shop/environments/production/services/web";
    private static final String PAYLOAD = "<img src=x onerror=alert(1)>\"'";

    @TempDir
    Path directory;

    private World world;
    private Browsing owner;
    private Browsing viewer;
    private Service service;
    private Workload workload;
    private History history;

    @BeforeEach
    void start() {
        world = new World(directory).start();
        owner = world.signIn(Role.OWNER);
        viewer = world.signIn(Role.VIEWER);
        var project = world.project(world.team, "shop");
        service = world.service(project, "web");
        workload = world.workload(project, service);
        history = new History(world, workload);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void whereNothingWasPushedThereIsNothingToDeploy() {
        var reply = owner.send(SERVICE + "/deployments/redeploy", Map.of("deployment", ""));
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.body()).contains("has no release that was ever live", "git push signalbox main");
        assertThat(get("")).contains("Not deployed to production yet", "git push signalbox main", "/git/shop/web.git");
        assertThat(get("/deployments")).contains("Nothing was deployed here yet");
    }

    @Test
    void deployingAgainGoesToTheNewDeployment() {
        history.live(1, "Begin", Duration.ofHours(2), Duration.ofSeconds(5));
        var reply = owner.send(SERVICE + "/deployments/redeploy", Map.of("deployment", ""));
        assertThat(reply.status()).as(reply.body()).isEqualTo(303);
        assertThat(reply.header("Location")).hasValue(SERVICE + "/deployments/2");
        assertThat(get("/deployments/2")).contains("Begin", "deployed again by");
        assertThat(viewer.send(SERVICE + "/deployments/redeploy", Map.of("deployment", ""))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void goingBackAsksFirstWhereACommandRanSince() {
        history.live(1, "One", Duration.ofHours(3), Duration.ofSeconds(5));
        history.live(2, "Two", Duration.ofHours(2), Duration.ofSeconds(5));
        assertThat(get("/deployments")).contains("name=\"release\" value=\"1\"").doesNotContain("/deployments/1/back");
        var id = history.underWay(3, "Three", "releasing", 3, 2);
        history.release(id, 3, Map.of(), History.process("release", "npm run migrate", 1));
        history.fail(id, "releasing", "The release command ended with exit code 1. #2 keeps serving.");
        assertThat(get("/deployments")).contains("/deployments/1/back");
        assertThat(get("/deployments/1/back"))
                .contains("Go back to #1?", "npm run migrate", "Going back does not undo what it did.", "Keep #2");
        assertThat(owner.get(SERVICE + "/deployments/2/back").status()).isEqualTo(409);
    }

    @Test
    void goingBackSaysWhyItCannot() {
        world.release(workload, 1, "sha256:" + "f".repeat(64));
        var gone = owner.send(SERVICE + "/deployments/rollback", Map.of("release", "1"));
        assertThat(gone.status()).isEqualTo(409);
        assertThat(gone.body()).contains("The image of release 1 is no longer on this machine.");
        for (var release : new String[] {"7", "999999999999999999"}) {
            assertThat(refusal("rollback", "release", release)).contains("There is no such release here.");
        }
        for (var release : new String[] {"", "-1", "99999999999999999999", PAYLOAD}) {
            assertThat(refusal("rollback", "release", release))
                    .contains("Say the number of the release to go back to.");
        }
        assertThat(world.deploys.recent(service, 1)).isEmpty();
    }

    @Test
    void whatIsNotThereCannotBeTriedAgain() {
        history.live(1, "One", Duration.ofHours(2), Duration.ofSeconds(5));
        for (var deployment : new String[] {"7", "-1", "99999999999999999999", PAYLOAD}) {
            assertThat(refusal("redeploy", "deployment", deployment)).contains("There is no such deployment here.");
        }
        assertThat(world.deploys.recent(service, 2)).hasSize(1);
    }

    private String refusal(String act, String field, String text) {
        var reply = owner.send(SERVICE + "/deployments/" + act, Map.of(field, text));
        assertThat(reply.status()).as(text).isEqualTo(422);
        assertThat(reply.body()).doesNotContain("<img");
        return reply.body();
    }

    @Test
    void theListGoesOnByNumber() {
        for (int i = 1; i <= 45; i++)
            history.end(
                    history.queued(i, "Change " + i, Duration.ofHours(1)), "cancelled", "No.", world.clock.instant());
        var first = get("/deployments");
        assertThat(first).contains("Change 45", "Change 26", "?before=26").doesNotContain("Change 25<", "Newer");
        var second = get("/deployments?before=26");
        assertThat(second).contains("Change 25", "Change 6<", "?after=25", "?before=6");
        assertThat(get("/deployments?before=6"))
                .contains("Change 1<", "?after=5")
                .doesNotContain("Older");
        assertThat(get("/deployments?after=5")).contains("Change 25<", "Change 6<");
        assertThat(get("/deployments?after=25")).contains("Change 45<", "Change 26<");
        assertThat(get("/deployments?before=" + URLEncoder.encode(PAYLOAD, StandardCharsets.UTF_8)))
                .contains("Change 45")
                .doesNotContain("<img");
    }

    @Test
    void whereNoBranchLeadsThePushNamesTheEnvironment() {
        var bare = new Name("bare");
        var empty = world.project(world.team, "empty");
        for (var project : List.of(workload.project(), empty)) world.projects.createEnvironment(project, bare, null);
        var service = "/projects/shop/environments/bare/services/web";
        for (var page : List.of(
                owner.get(service),
                owner.get(service + "/deployments"),
                owner.get("/projects/empty/environments/bare"),
                owner.send(service + "/deployments/redeploy", Map.of("deployment", "")))) {
            assertThat(page.body())
                    .contains("git push signalbox HEAD -o environment=bare")
                    .doesNotContain("signalbox main");
        }
    }

    private String get(String path) {
        var reply = owner.get(SERVICE + path);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.body().length()).isLessThan(45_000);
        return reply.body();
    }
}
