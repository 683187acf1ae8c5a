package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.accounts.Accounts.TokenRequest;
import dev.signalbox.accounts.Audit;
import dev.signalbox.accounts.AuditKit;
import dev.signalbox.accounts.Role;
import dev.signalbox.accounts.Scope;
import dev.signalbox.secrets.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Projects, environments and services from making to deleting. */
class ProjectsApiTest {
    @TempDir
    Path directory;

    private World world;
    private String token;

    @BeforeEach
    void start() {
        world = new World(directory).start();
        token = world.owner();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void aProjectBeginsWithTwoEnvironments() {
        var made = post("/projects", "{\"name\":\"shop\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Location")).contains("/api/v1/projects/shop");
        assertThat(made.json().path("environments").findValuesAsText("name")).containsExactly("production", "staging");
        assertThat(made.json().path("environments").findValuesAsText("branch")).containsExactly("main", "staging");
        assertThat(get("/projects").json().path("projects").findValuesAsText("self"))
                .contains("/api/v1/projects/shop");
    }

    @Test
    void aServiceIsInEveryEnvironmentNotDeployed() {
        post("/projects", "{\"name\":\"shop\"}");
        var made = post("/projects/shop/services", "{\"name\":\"web\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().path("git_remote").asText()).isEqualTo("/git/shop/web.git");
        world.clock.advance(Duration.ofSeconds(1));
        post("/projects/shop/environments", "{\"name\":\"qa\",\"branch\":\"feat/$x;y\"}");
        var environments = get("/projects/shop/services/web").json().path("environments");
        assertThat(environments.findValuesAsText("name")).containsExactly("production", "staging", "qa");
        assertThat(environments.findValuesAsText("state")).containsOnly("not_deployed");
        assertThat(environments.path(0).path("urls").path(0).asText()).isEqualTo("http://web-shop.localhost");
        assertThat(environments.path(0).path("newest_deployment").isNull()).isTrue();
    }

    @Test
    void aNameThatIsTakenIsSaidAlsoWhenAnotherTeamHasIt() {
        world.project(world.otherTeam, "shop");
        var taken = post("/projects", "{\"name\":\"shop\"}");
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.code()).isEqualTo("name_taken");
        assertThat(taken.field()).isEqualTo("name");
        assertThat(get("/projects/shop").status()).isEqualTo(404);
        assertThat(get("/projects").json().path("projects")).isEmpty();
    }

    @Test
    void whatIsRenamedIsFoundUnderItsNewName() {
        prepare();
        post("/projects", "{\"name\":\"docs\"}");
        var service = patch("/projects/shop/services/web", "{\"name\":\"site\"}");
        assertThat(service.status()).isEqualTo(200);
        assertThat(service.json().path("git_remote").asText()).isEqualTo("/git/shop/site.git");
        var renamed = patch("/projects/shop", "{\"name\":\"store\"}");
        assertThat(renamed.status()).isEqualTo(200);
        assertThat(renamed.json().path("self").asText()).isEqualTo("/api/v1/projects/store");
        assertThat(get("/projects/store/services/site").status()).isEqualTo(200);
        assertThat(get("/projects/shop").status()).isEqualTo(404);
        var taken = patch("/projects/store", "{\"name\":\"docs\"}");
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.code()).isEqualTo("name_taken");
        assertThat(patch("/projects/store", "{\"name\":\"-x\"}").status()).isEqualTo(422);
    }

    @Test
    void aServiceThatMustNotRunTwiceIsSetSo() {
        prepare();
        var path = "/projects/shop/services/web";
        assertThat(get(path).json().path("overlap").asBoolean()).isTrue();
        var off = put(path + "/overlap", "{\"overlap\":false}");
        assertThat(off.status()).as(off.body()).isEqualTo(200);
        assertThat(off.json().path("overlap").asBoolean()).isFalse();
        assertThat(get(path).json().path("overlap").asBoolean()).isFalse();
        for (var bad : new String[] {"{}", "{\"overlap\":null}", "{\"overlap\":\"no\"}", "{\"overlap\":0}"}) {
            var refused = put(path + "/overlap", bad);
            assertThat(refused.status()).as(bad).isEqualTo(422);
            assertThat(refused.field()).as(bad).isEqualTo("overlap");
        }
        assertThat(put("/projects/shop/services/none/overlap", "{\"overlap\":false}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aBranchBelongsToOneEnvironment() {
        post("/projects", "{\"name\":\"shop\"}");
        var taken = post("/projects/shop/environments", "{\"name\":\"qa\",\"branch\":\"master\"}");
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.code()).isEqualTo("branch_taken");
        assertThat(post("/projects/shop/environments", "{\"name\":\"qa\"}").status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--upload-pack=touch",
                "-x",
                "refs/../x",
                "a b",
                "@{1}",
                "a..b",
                "a.lock",
                "/a",
                "a/",
                ".a",
                "a~1",
                "@",
                "a:b"
            })
    void aBranchThatGitWouldNotTakeIsRefused(String branch) {
        post("/projects", "{\"name\":\"shop\"}");
        var refused = post("/projects/shop/environments", "{\"name\":\"qa\",\"branch\":\"" + branch + "\"}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("branch_invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/projects/shop", "/projects/shop/services/web", "/projects/shop/environments/production"})
    void nothingIsDeletedBeforeItWasNamed(String path) {
        prepare();
        for (var query : new String[] {"", "?confirm=", "?confirm=yes"}) {
            var refused = delete(path + query);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.code()).isEqualTo("confirmation_needed");
            assertThat(refused.body()).contains("1 variable", "Nothing was deleted");
        }
        assertThat(get(path).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/projects/shop", "/projects/shop/services/web", "/projects/shop/environments/production"})
    void whatWasNamedIsDeletedAndSaysWhatWent(String path) {
        prepare();
        var goes = get(path + "/contents").json();
        assertThat(goes.path("variables").asInt()).isEqualTo(1);
        var name = path.substring(path.lastIndexOf('/') + 1);
        var deleted = delete(path + "?confirm=" + name);
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.json().path("removed")).isEqualTo(goes);
        assertThat(get(path).status()).isEqualTo(404);
        assertThat(delete(path + "?confirm=" + name).status()).isEqualTo(404);
    }

    private void prepare() {
        var project = world.project(world.team, "shop");
        var service = world.service(project, "web");
        world.variables.replace(world.workload(project, service), Map.of("A", new Secret("x")));
    }

    @Test
    void whatIsDoneAndRefusedIsWrittenDown() {
        post("/projects", "{\"name\":\"shop\"}");
        var viewer = world.token(world.team, Role.VIEWER);
        world.http()
                .ask("DELETE", "/api/v1/projects/shop?confirm=shop")
                .as(viewer)
                .send();
        var narrow = world.token(
                world.team, new TokenRequest("narrow", Role.OWNER, EnumSet.of(Scope.LOGS_READ), null, null));
        world.http().get("/api/v1/projects/shop").as(narrow).send();
        post("/projects", "{\"name\":\"shop\"}");
        get("/projects/shop");
        get("/projects/unknown");
        assertThat(AuditKit.recent(world.audit, world.team, 10))
                .extracting(ProjectsApiTest::sentence)
                .containsExactly(
                        "token narrow projects.show /api/v1/projects/shop refused scope_missing",
                        "token viewer projects.delete /api/v1/projects/shop refused role_too_weak",
                        "token owner projects.create /api/v1/projects done shop");
        assertThat(AuditKit.firstBroken(world.db)).isEmpty();
    }

    private static String sentence(Audit.Line line) {
        return line.actor() + " " + line.action() + " " + line.object() + " " + line.outcome() + " " + line.detail();
    }

    @Test
    void aTokenForOneServiceSeesThatServiceOnly() {
        prepare();
        var project = world.projects.find(world.team, "shop").orElseThrow();
        world.service(project, "api-two");
        var web = world.projects.findService(project, "web").orElseThrow();
        var bound = world.token(
                world.team, new TokenRequest("deploy", Role.MEMBER, EnumSet.allOf(Scope.class), web.id(), null));
        assertThat(status(bound, "/projects/shop/services/web")).isEqualTo(200);
        assertThat(status(bound, "/projects/shop/services/api-two")).isEqualTo(404);
        assertThat(status(bound, "/projects/shop")).isEqualTo(404);
        assertThat(status(bound, "/projects")).isEqualTo(403);
        JsonNode own = world.http().get("/api/v1/whoami").as(bound).send().json();
        assertThat(own.path("bound_to_one_service").asBoolean()).isTrue();
    }

    private int status(String as, String path) {
        return world.http().get("/api/v1" + path).as(as).send().status();
    }

    private Http.Reply get(String path) {
        return world.http().get("/api/v1" + path).as(token).send();
    }

    private Http.Reply post(String path, String body) {
        return world.http().post("/api/v1" + path).as(token).json(body).send();
    }

    private Http.Reply put(String path, String body) {
        return world.http().ask("PUT", "/api/v1" + path).as(token).json(body).send();
    }

    private Http.Reply patch(String path, String body) {
        return world.http().ask("PATCH", "/api/v1" + path).as(token).json(body).send();
    }

    private Http.Reply delete(String path) {
        return world.http().ask("DELETE", "/api/v1" + path).as(token).send();
    }
}
