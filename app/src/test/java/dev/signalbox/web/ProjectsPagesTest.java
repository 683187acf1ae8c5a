package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.Role;
import dev.signalbox.deploys.State;
import dev.signalbox.projects.Workload;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The list of projects, and what finds them. */
class ProjectsPagesTest {
    @TempDir
    Path directory;

    private World world;
    private Browsing owner;

    @BeforeEach
    void start() {
        world = new World(directory).start();
        owner = world.signIn(Role.OWNER);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private Workload app(String project, String service) {
        var made = world.project(world.team, project);
        return world.workload(made, world.service(made, service));
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"VIEWER", "OWNER"})
    void theListSaysWhatServesAndWhatWasLast(Role role) {
        var web = app("acme-shop", "web");
        world.history(web).live(142, "Cache product facets", Duration.ofHours(2));
        world.history(web).deployment(143, State.CHECKING, "Charge VAT by country", Duration.ofSeconds(52));
        var page = world.signIn(role).get("/projects");
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        assertThat(page.body())
                .contains(
                        "1 project, 1 service. One deployment is running.",
                        "/projects/acme-shop/environments/production\"",
                        "Checking",
                        "web #143",
                        "Charge VAT by country",
                        "52 s ago",
                        "2.0 of 4.0 GB",
                        "31 of 80 GB",
                        "1 running, 0 waiting")
                .doesNotContain("th:", "${");
        assertThat(page.body().contains("New project")).isEqualTo(role != Role.VIEWER);
    }

    @Test
    void theSummaryCountsWhatToLookAt() {
        var web = app("shop", "web");
        var history = world.history(web);
        history.live(1, "Begin", Duration.ofHours(2));
        history.state(Workload.State.CRASHED);
        world.history(app("docs", "site")).failed(1, "Break it", "No package.json.", Duration.ofMinutes(1));
        assertThat(owner.get("/projects").body())
                .contains("2 projects, 2 services. One failed today, one service is down.", "Crashed", "Failed");
    }

    @Test
    void eachPartIsThereByItself() {
        app("shop", "web");
        assertThat(owner.fragment("/projects", "summary").body().strip())
                .startsWith("<p")
                .endsWith("</p>");
        assertThat(owner.fragment("/projects", "machine-now").body().strip())
                .startsWith("<aside")
                .endsWith("</aside>");
    }

    @Test
    void aMachineThatTellsNothingIsLeftOut() {
        app("shop", "web");
        world.machine = null;
        var page = owner.get("/projects");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).doesNotContain("This machine");
    }

    @Test
    void whatPeopleWroteIsTextHere() {
        world.history(app("shop", "web")).live(1, "<script>alert(1)</script>", Duration.ofHours(1));
        for (var path : new String[] {"/projects", "/projects/shop/environments/production"}) {
            assertThat(owner.get(path).body())
                    .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                    .doesNotContain("<script>alert");
        }
    }

    @Test
    void otherTeamsAreNotThere() {
        app("shop", "web");
        world.project(world.otherTeam, "secret");
        assertThat(owner.get("/projects").body()).doesNotContain("secret");
        assertThat(owner.get("/search?q=secret").body()).doesNotContain("href=\"/projects/secret");
        assertThat(owner.get("/projects/secret/environments/production").status())
                .isEqualTo(404);
    }

    @Test
    void aHundredProjectsAreReadAtOnce() {
        for (int i = 0; i < 100; i++) world.history(app("shop-" + i, "web")).live(1, "Begin", Duration.ofHours(1));
        owner.get("/projects");
        var begin = System.nanoTime();
        var page = owner.get("/projects");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
        assertThat(page.body()).contains("100 projects, 100 services.");
    }

    @Test
    void aSearchFindsProjectsAndServicesByAPartOfTheirName() {
        app("acme-shop", "web");
        app("docs", "shopkeeper");
        var found = owner.get("/search?q=Shop");
        assertThat(found.status()).isEqualTo(200);
        assertThat(found.body())
                .containsSubsequence(
                        "/projects/docs/environments/production/services/shopkeeper\" autofocus",
                        "/projects/acme-shop/environments/production\"");
        assertThat(owner.get("/search").body()).contains("name=\"q\"", "autofocus");
        assertThat(owner.get("/search?q=%3Cb%3E").body()).contains("&lt;b&gt;").doesNotContain("<b>");
        assertThat(owner.get("/search?q=nothing-like-it").body()).contains("No project or service has");
    }
}
