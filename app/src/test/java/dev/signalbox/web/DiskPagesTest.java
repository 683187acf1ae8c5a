package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.Role;
import dev.signalbox.accounts.TeamScope;
import dev.signalbox.engine.StorageUse;
import dev.signalbox.engine.StorageUse.OfContainer;
import dev.signalbox.engine.StorageUse.OfVolume;
import dev.signalbox.projects.Workload;
import dev.signalbox.space.Level.Bounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page and the operation that say how full the machine is. */
class DiskPagesTest {
    private static final long MB = 1_000_000;

    @TempDir
    Path directory;

    private World world;

    @AfterEach
    void stop() {
        world.close();
    }

    private void start(Bounds bounds) throws IOException {
        var fresh = Files.createTempDirectory(directory, "world");
        world = new World(fresh, true, roomy -> roomy.withBounds(bounds).withCache(10_000 * MB)).start();
        world.space.start();
    }

    private void startWithRoom() throws IOException {
        start(new Bounds(101, 101, 101));
    }

    private Workload app(TeamScope team, String project, String service) {
        var made = world.project(team, project);
        return world.workload(made, world.service(made, service));
    }

    private void fill(Workload ours, Workload theirs) {
        world.engine.fill(new StorageUse(
                1_200 * MB,
                List.of(),
                List.of(new StorageUse.OfCache("x", 345 * MB)),
                List.of(new OfContainer(labels(ours), 30 * MB), new OfContainer(labels(theirs), 77 * MB)),
                List.of(new OfVolume("v", labels(ours), 2_100 * MB))));
    }

    private static Map<String, String> labels(Workload workload) {
        return Map.of("dev.signalbox.workload", workload.id());
    }

    @Test
    void itSaysHowMuchIsUsedAndByWhat() throws IOException {
        startWithRoom();
        fill(app(world.team, "shop", "web"), app(world.otherTeam, "secret-project", "secret-service"));
        var page = world.signIn(Role.VIEWER).get("/disk");
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        assertThat(page.body())
                .containsPattern("[0-9.]+ of [0-9.]+ GB used")
                .contains(
                        "Images: 1.2 GB", "Build cache, at most 10 GB: 345 MB", "Volumes, containers and logs: 2.2 GB")
                .contains("/projects/shop/environments/production/services/web\"", ">2.1 GB<", ">30 MB<")
                .contains("Other teams", ">77 MB<")
                .doesNotContain("secret-", "role=\"alert\"", "${", "th:");
    }

    @Test
    void programsGetTheSameInBytes() throws IOException {
        startWithRoom();
        fill(app(world.team, "shop", "web"), app(world.otherTeam, "secret-project", "secret-service"));
        var reply = world.http().get("/api/v1/disk").as(world.owner()).send();
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        var json = reply.json();
        assertThat(json.path("level").asText()).isEqualTo("roomy");
        var disk = json.path("disks").path(0);
        assertThat(disk.path("total").asLong())
                .isEqualTo(disk.path("used").asLong() + disk.path("free").asLong());
        assertThat(json.path("images").asLong()).isEqualTo(1_200 * MB);
        assertThat(json.path("build_cache").asLong()).isEqualTo(345 * MB);
        assertThat(json.path("build_cache_limit").asLong()).isEqualTo(10_000 * MB);
        assertThat(json.path("services")).hasSize(1);
        assertThat(json.path("services").path(0).path("volumes").asLong()).isEqualTo(2_100 * MB);
        assertThat(json.path("services").path(0).path("total").asLong()).isEqualTo(2_130 * MB);
        assertThat(json.path("others").asLong()).isEqualTo(77 * MB);
        assertThat(reply.body()).doesNotContain("secret-");
    }

    @Test
    void aDiskThatIsNearlyFullIsSaidWithWhatToDo() throws IOException {
        start(new Bounds(0, 101, 101));
        assertThat(world.signIn(Role.VIEWER).get("/disk").body())
                .contains("is-warn", "Everything works; older images and more of the build cache are removed.");
        world.close();
        start(new Bounds(0, 0, 101));
        assertThat(world.signIn(Role.VIEWER).get("/disk").body())
                .contains("is-bad", "What runs goes on, and nothing is built until there is room.");
        world.close();
        start(new Bounds(0, 0, 0));
        assertThat(world.signIn(Role.VIEWER).get("/disk").body())
                .contains("What runs goes on, nothing is built, and soon nothing can be saved.");
    }

    @Test
    void whileDockerIsAwayTheDiskIsShownAllTheSame() throws IOException {
        startWithRoom();
        world.engine.faults.goAway();
        var page = world.signIn(Role.VIEWER).get("/disk");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("Docker is counting").containsPattern("[0-9.]+ of [0-9.]+ GB used");
    }

    @Test
    void thePanelOfTheMachineLeadsThere() throws IOException {
        startWithRoom();
        app(world.team, "shop", "web");
        assertThat(world.signIn(Role.VIEWER).get("/projects").body())
                .contains("<a href=\"/disk\">Disk</a>", "full in 140 days");
    }
}
