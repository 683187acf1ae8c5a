package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.Role;
import dev.signalbox.deploys.State;
import dev.signalbox.projects.Project;
import dev.signalbox.projects.Workload;
import dev.signalbox.secrets.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A project's page and its settings. */
class ProjectPagesTest {
    private static final String PRODUCTION = "/projects/shop/environments/production";
    private static final String SETTINGS = PRODUCTION + "/settings";

    @TempDir
    Path directory;

    private World world;
    private Browsing owner;
    private Project shop;
    private Workload web;

    @BeforeEach
    void start() {
        world = new World(directory).start();
        owner = world.signIn(Role.OWNER);
        shop = world.project(world.team, "shop");
        web = world.workload(shop, world.service(shop, "web"));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"VIEWER", "OWNER"})
    void aServiceSaysWhatServesAndWhatTries(Role role) {
        world.history(web).live(142, "Cache product facets", Duration.ofHours(2));
        world.history(web).deployment(143, State.CHECKING, "Charge VAT", Duration.ofSeconds(52));
        var worker = world.workload(shop, world.service(shop, "worker"));
        world.history(worker)
                .live(
                        60,
                        "Retry with backoff",
                        Duration.ofHours(20),
                        Duration.ofSeconds(5),
                        Map.of(),
                        History.process("worker", "npm start", 1));
        world.history(worker).failed(61, "Prefix keys", "REDIS_URL is not set", Duration.ofMinutes(45));
        var page = world.signIn(role).get(PRODUCTION);
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        assertThat(page.body())
                .contains(
                        "2 services · last change 52 s ago by Jonas Okafor",
                        "follows main",
                        "follows staging",
                        "web-shop.localhost",
                        "#142",
                        "Cache product facets",
                        "#143",
                        "Checking",
                        PRODUCTION + "/services/web/deployments/143",
                        "No address: it has no process named web",
                        "REDIS_URL is not set",
                        "worker #61 failed; #60 keeps running",
                        "web #143 is being checked")
                .doesNotContain("th:", "${", "worker-shop.localhost");
        assertThat(page.body().contains("New service")).isEqualTo(role == Role.OWNER);
    }

    @Test
    void whereNothingWasPushedTheNextCommandStands() {
        assertThat(owner.get("/projects/shop/environments/staging").body())
                .contains("git push signalbox HEAD:staging", "Not deployed", "Nothing has been deployed here yet.");
        world.project(world.team, "empty");
        assertThat(owner.get("/projects/empty/environments/production").body())
                .contains("No service yet", "/git/empty/web.git");
    }

    @Test
    void thePartsThatChangeAreThereByThemselves() {
        for (var part : new String[] {"summary", "environments", "services-here", "activity-here"}) {
            assertThat(owner.fragment(PRODUCTION, part).body())
                    .contains("id=\"" + part + "\"")
                    .doesNotContain("<main");
        }
    }

    @Test
    void theLiveStreamTellsOfAChange() {
        var page = owner.get(PRODUCTION).body();
        assertThat(page).containsPattern("sse-connect=\"" + PRODUCTION + "/live\\?seen=[0-9a-f]+\"");
    }

    // Settings --------------------------------------------------------------------------------------------------------

    @Test
    void aViewerSeesTheSettingsWithoutForms() {
        var page = world.signIn(Role.VIEWER).get(SETTINGS);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains("git remote set-url signalbox")
                .doesNotContain("/settings/rename", "Delete project", "data-dialog href=\"" + PRODUCTION);
        assertThat(world.signIn(Role.VIEWER)
                        .send(SETTINGS + "/rename", Map.of("name", "store"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aRenamedProjectMovesAndSaysHow() {
        var renamed = owner.send(SETTINGS + "/rename", Map.of("name", "store"));
        assertThat(renamed.status()).as(renamed.body()).isEqualTo(303);
        assertThat(renamed.header("Location")).hasValue("/projects/store/environments/production/settings#remotes");
        assertThat(owner.get("/projects/store/environments/production/settings").body())
                .contains("git remote set-url signalbox http://127.0.0.1:"
                        + world.http().port() + "/git/store/web.git");
        assertThat(owner.get(SETTINGS).status()).isEqualTo(404);
        assertThat(owner.send(SETTINGS + "/rename", Map.of("name", "other")).status())
                .isEqualTo(404);
    }

    @Test
    void aNameThatCannotBeIsKeptAndExplained() {
        world.project(world.otherTeam, "taken");
        assertThat(refused("/rename", Map.of("name", "taken")))
                .contains("There is already a project named taken.", "value=\"taken\"");
        assertThat(refused("/rename", Map.of("name", "S")))
                .contains("Use 2 to 30 characters", "value=\"S\"", "aria-invalid=\"true\"");
        assertThat(refused("/rename", Map.of("name", "shop"))).contains("It is called shop already.");
        assertThat(world.projects.find(world.team, "shop")).isPresent();
    }

    @Test
    void anEnvironmentIsMadeWithItsBranch() {
        var made = owner.send(SETTINGS + "/environments", Map.of("name", "qa", "branch", "next"));
        assertThat(made.header("Location")).hasValue("/projects/shop/environments/qa");
        assertThat(owner.get("/projects/shop/environments/qa").body())
                .contains("follows next", "git push signalbox HEAD:next");
        owner.send(SETTINGS + "/environments", Map.of("name", "bare", "branch", ""));
        assertThat(owner.get("/projects/shop/environments/bare").body())
                .contains("follows no branch", "git push signalbox HEAD -o environment=bare");
        assertThat(refused("/environments", Map.of("name", "qa", "branch", "")))
                .contains("There is already an environment named qa.");
        assertThat(refused("/environments", Map.of("name", "qa2", "branch", "master")))
                .contains("Another environment tracks master.", "value=\"qa2\"");
        assertThat(refused("/environments", Map.of("name", "qa2", "branch", "a..b")))
                .contains("Use a branch name as git takes it", "value=\"a..b\"");
        assertThat(refused("/environments", Map.of("name", "<b>", "branch", "")))
                .contains("Use 2 to 30 characters", "&lt;b&gt;");
        assertThat(world.projects.environments(shop)).hasSize(4);
    }

    private String refused(String form, Map<String, String> fields) {
        var reply = owner.send(SETTINGS + form, fields);
        assertThat(reply.status()).isEqualTo(422);
        return reply.body();
    }

    // Deleting --------------------------------------------------------------------------------------------------------

    @Test
    void whatHoldsNothingGoesWithoutBeingNamed() {
        var asked = owner.get("/projects/shop/delete");
        assertThat(asked.body())
                .contains("1 service", "2 environments", "Keep it")
                .doesNotContain("name=\"confirm\"");
        var deleted = owner.send("/projects/shop/delete", Map.of());
        assertThat(deleted.header("Location")).hasValue("/projects");
        assertThat(owner.get("/projects/shop/delete").status()).isEqualTo(404);
        assertThat(owner.send("/projects/shop/delete", Map.of()).status()).isEqualTo(404);
    }

    @Test
    void whatServesOrKeepsSomethingIsNamedFirst() {
        world.history(web).live(1, "Begin", Duration.ofHours(1));
        world.variables.replace(web, Map.of("A", new Secret("x")));
        for (var path : new String[] {PRODUCTION + "/delete", "/projects/shop/delete"}) {
            assertThat(owner.get(path).body()).contains("http://web-shop.localhost", "1 variable", "name=\"confirm\"");
            var unnamed = owner.send(path, Map.of("confirm", "<b>no"));
            assertThat(unnamed.status()).isEqualTo(422);
            assertThat(unnamed.body())
                    .contains("Nothing was deleted.", "value=\"&lt;b&gt;no\"")
                    .doesNotContain("<b>no");
        }
        assertThat(owner.send(PRODUCTION + "/delete", Map.of("confirm", "production"))
                        .header("Location"))
                .hasValue("/projects/shop/environments/staging");
        assertThat(world.projects.environments(shop)).hasSize(1);
    }

    @Test
    void theLastEnvironmentStays() {
        owner.send("/projects/shop/environments/staging/delete", Map.of());
        var refused = owner.send(PRODUCTION + "/delete", Map.of());
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("It is the last one");
        assertThat(world.projects.environments(shop)).hasSize(1);
    }

    @Test
    void deletingNeedsTheRoleAndThePassword() {
        var member = world.signIn(Role.MEMBER);
        assertThat(member.get("/projects/shop/delete").status()).isEqualTo(403);
        assertThat(member.send("/projects/shop/delete", Map.of()).status()).isEqualTo(403);
        world.clock.advance(Duration.ofMinutes(16));
        assertThat(owner.send("/projects/shop/delete", Map.of()).body()).contains("Your password, please");
        assertThat(world.projects.find(world.team, "shop")).isPresent();
    }
}
