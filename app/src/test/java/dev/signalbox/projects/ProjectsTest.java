package dev.signalbox.projects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.Accounts;
import dev.signalbox.accounts.TeamScope;
import dev.signalbox.db.Db;
import dev.signalbox.db.Ids;
import dev.signalbox.projects.Projects.Removed;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectsTest {
    @TempDir
    Path directory;

    private final List<Removed> removed = new ArrayList<>();
    private Db db;
    private Projects projects;
    private TeamScope team;
    private TeamScope otherTeam;

    @BeforeEach
    void open() {
        db = Db.open(directory.resolve("signalbox.db"));
        var ids = new Ids(new SecureRandom());
        var accounts = new Accounts(db, Clock.systemUTC(), ids);
        team = accounts.firstTeam();
        otherTeam = accounts.createTeam("other");
        projects = new Projects(db, Clock.systemUTC(), ids, removed::add);
    }

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void aNewProjectHasProductionAndStaging() {
        var shop = project("shop");
        assertThat(projects.environments(shop))
                .extracting(environment -> environment.name() + " tracks " + environment.branch())
                .containsExactly("production tracks main", "staging tracks staging");
    }

    @Test
    void releasesOverlapUntilSomebodySaysThatTheyMustNot() {
        var shop = project("shop");
        var web = service(shop, "web");
        assertThat(web.overlap()).isTrue();
        assertThat(projects.allowOverlap(web, false).orElseThrow().overlap()).isFalse();
        assertThat(projects.workloads(shop))
                .allMatch(workload -> !workload.service().overlap());
        projects.deleteService(shop, web);
        assertThat(projects.allowOverlap(web, true)).isEmpty();
    }

    @Test
    void whatIsRenamedIsTheSameUnderAnotherName() {
        var shop = project("shop");
        var web = service(shop, "web");
        project("docs");
        assertThat(projects.renameProject(shop, new Name("docs")))
                .isEqualTo(new Renaming.NameTaken<Project>(new Name("docs")));
        var store = ((Renaming.Done<Project>) projects.renameProject(shop, new Name("store"))).value();
        assertThat(projects.find(team, "shop")).isEmpty();
        assertThat(projects.find(team, "store").map(Project::id)).contains(shop.id());
        var site = ((Renaming.Done<Service>) projects.renameService(web, new Name("site"))).value();
        assertThat(projects.findService(store, "site").map(Service::id))
                .contains(web.id())
                .contains(site.id());
        assertThat(projects.services(store)).hasSize(1);
    }

    @Test
    void whoComesSecondRenamesNothing() {
        var shop = project("shop");
        var web = service(shop, "web");
        projects.renameService(web, new Name("site"));
        assertThat(projects.renameService(web, new Name("page"))).isInstanceOf(Renaming.Overtaken.class);
        projects.renameProject(shop, new Name("store"));
        assertThat(projects.renameProject(shop, new Name("third"))).isInstanceOf(Renaming.Overtaken.class);
        assertThat(projects.list(team))
                .extracting(project -> project.name().value())
                .containsExactly("store");
    }

    @Test
    void aTeamSeesAllOfItsOwnAtOnce() {
        service(project("shop"), "web");
        project("docs");
        projects.createProject(otherTeam, new Name("foreign"));
        assertThat(projects.environments(team))
                .extracting(environment -> environment.name().value())
                .containsExactlyInAnyOrder("production", "staging", "production", "staging");
        assertThat(projects.workloads(team))
                .extracting(Workload::label)
                .containsExactly("shop/web in production", "shop/web in staging");
        assertThat(projects.workloads(otherTeam)).isEmpty();
    }

    @Test
    void aServiceExistsInEveryEnvironmentNotDeployed() {
        var shop = project("shop");
        service(shop, "web");
        projects.createEnvironment(shop, new Name("preview"), "next");
        assertThat(projects.workloads(shop))
                .extracting(workload -> workload.label() + " " + workload.state())
                .containsExactly(
                        "shop/web in production NOT_DEPLOYED",
                        "shop/web in staging NOT_DEPLOYED",
                        "shop/web in preview NOT_DEPLOYED");
    }

    @Test
    void aNameIsTakenOnTheWholeMachineButSeenOnlyByItsTeam() {
        project("shop");
        assertThat(projects.createProject(otherTeam, new Name("shop"))).isInstanceOf(Creation.NameTaken.class);
        assertThat(projects.find(otherTeam, "shop")).isEmpty();
        assertThat(projects.list(otherTeam)).isEmpty();
        assertThat(projects.list(team)).extracting(Project::name).containsExactly(new Name("shop"));
    }

    @Test
    void twoEnvironmentsDoNotTrackOneBranch() {
        var shop = project("shop");
        assertThat(projects.createEnvironment(shop, new Name("live"), "master"))
                .isEqualTo(new Creation.BranchTaken<>("master"));
        assertThat(projects.createEnvironment(shop, new Name("staging"), null))
                .isEqualTo(new Creation.NameTaken<>(new Name("staging")));
    }

    @Test
    void deletingTakesEverythingInsideAndSaysWhat() {
        var shop = project("shop");
        var web = service(shop, "web");
        service(shop, "worker");
        projects.deleteService(shop, web);
        assertThat(projects.services(shop)).extracting(Service::name).containsExactly(new Name("worker"));
        assertThat(removed.getLast().workloads()).hasSize(2);
        projects.deleteProject(shop);
        assertThat(projects.list(team)).isEmpty();
        assertThat(removed.getLast().services()).extracting(Service::name).containsExactly(new Name("worker"));
        assertThat(removed.getLast().environments()).hasSize(2);
        assertThat(projects.environmentIds()).isEmpty();
    }

    @Test
    void masterIsTakenForMain() {
        var production = projects.environments(project("shop")).getFirst();
        assertThat(production.tracks("main")).isTrue();
        assertThat(production.tracks("master")).isTrue();
        assertThat(production.tracks("staging")).isFalse();
    }

    private Project project(String name) {
        return ((Creation.Done<Project>) projects.createProject(team, new Name(name))).value();
    }

    private Service service(Project project, String name) {
        return ((Creation.Done<Service>) projects.createService(project, new Name(name))).value();
    }
}
