package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.Role;
import dev.signalbox.db.DatabaseHealth;
import dev.signalbox.engine.Eventually;
import dev.signalbox.space.Tmpfs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything of the appliance is on a disk on which nothing more fits. */
class FullDiskTest {
    private static final long BALLAST = 2_000_000;

    @TempDir
    Path directory;

    private Tmpfs disk;
    private World world;

    @BeforeEach
    void start() throws Exception {
        disk = Tmpfs.mount(directory, 40);
    }

    @AfterEach
    void stop() throws Exception {
        if (world != null) world.close();
        disk.close();
    }

    private void start(long ballast) throws Exception {
        world = new World(disk.place(), true, roomy -> roomy.withBallast(ballast)).start();
    }

    @Test
    void whatCannotBeSavedIsRefusedPagesAnswerAndNothingIsHalfWritten() throws Exception {
        start(0);
        var token = world.owner();
        var owner = world.signIn(Role.OWNER);
        var project = world.project(world.team, "shop");
        world.service(project, "web");
        disk.fill("filling", 0);
        world.clock.advance(Duration.ofMinutes(5));

        var refused = world.http()
                .ask("POST", "/api/v1/projects")
                .as(token)
                .json("{\"name\":\"blog\"}")
                .send();
        for (int attempt = 0; attempt < 50 && refused.status() == 201; attempt++) {
            // The journal of the database is a file that was there before, with a little room of its own.
            var name = "{\"name\":\"blog-%d\"}".formatted(attempt);
            refused = world.http()
                    .ask("POST", "/api/v1/projects")
                    .as(token)
                    .json(name)
                    .send();
        }
        assertThat(refused.status()).as(refused.body()).isEqualTo(503);
        assertThat(refused.body())
                .contains(
                        "\"code\":\"disk_full\"",
                        "Nothing was changed, and what runs goes on. Make room on the machine");
        var page = owner.send("/account/name", Map.of("name", "x".repeat(60)));
        assertThat(page.status()).isEqualTo(503);
        assertThat(page.body()).contains("There is no room", "The disk is full, so nothing can be saved.");
        for (var path : new String[] {"/projects", "/disk", "/team", "/projects/shop/environments/production"}) {
            world.clock.advance(Duration.ofMinutes(2));
            assertThat(owner.get(path).status()).as(path).isEqualTo(200);
        }
        assertThat(world.http().get("/api/v1/projects").as(token).send().status())
                .isEqualTo(200);

        disk.delete("filling");
        var saved = world.http()
                .ask("POST", "/api/v1/projects")
                .as(token)
                .json("{\"name\":\"after\"}")
                .send();
        assertThat(saved.status()).isEqualTo(201);
        var health = DatabaseHealth.of(disk.place().resolve("signalbox.db"));
        assertThat(health.complaint()).isNull();
    }

    @Test
    void theReserveLetsPeopleActOnceMore() throws Exception {
        start(BALLAST);
        var token = world.owner();
        world.space.start();
        var reserve = disk.place().resolve("ballast");
        Eventually.within(
                Duration.ofSeconds(20), "the reserve", () -> reserve.toFile().length() == BALLAST);
        disk.fill("filling", 0);
        for (int number = 0; number < 10; number++) {
            var name = "{\"name\":\"made-%d\"}".formatted(number);
            assertThat(world.http()
                            .ask("POST", "/api/v1/projects")
                            .as(token)
                            .json(name)
                            .send()
                            .status())
                    .isEqualTo(201);
        }
        assertThat(reserve).doesNotExist();
        disk.delete("filling");
        Eventually.within(
                Duration.ofSeconds(20),
                "the reserve again",
                () -> reserve.toFile().length() == BALLAST);
    }
}
