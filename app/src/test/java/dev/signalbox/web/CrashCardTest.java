package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.accounts.Role;
import dev.signalbox.projects.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a release that serves and does not stay up, on its page and over the API. */
class CrashCardTest {
    private static final String SERVICE = "/projects/shop/environments/production/services/web";
    private static final String CRASH = "/api/v1/projects/shop/services/web/environments/production/crash";
    private static final String SENTENCE =
            "web.1 ended by itself with exit code 7, 2.3 s after it started. Its last words:"
                    + " \"<b>no database</b>\".";

    @TempDir
    Path directory;

    private World world;
    private Browsing owner;
    private History history;

    @BeforeEach
    void start() {
        world = new World(directory).start();
        owner = world.signIn(Role.OWNER);
        var project = world.project(world.team, "shop");
        history = new History(world, world.workload(project, world.service(project, "web")));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void whatStandsHasNone() {
        history.live(1, "Begin", Duration.ofHours(2));
        assertThat(owner.get(SERVICE).body()).doesNotContain("panel crash");
        var crash = get();
        assertThat(crash.path("state").asText()).isEqualTo("live");
        assertThat(crash.path("sentence").isNull()).isTrue();
        assertThat(crash.path("ends")).isEmpty();
    }

    @Test
    void whatKeepsEndingSaysWhyHowOftenWhatChangedAndOffersTheWayBack() {
        crashing();
        assertThat(owner.get(SERVICE).body())
                .contains("with exit code 7", "&lt;b&gt;no database", "It keeps ending")
                .contains(
                        "3 ends in the last hour, the newest 30 s ago",
                        "x=\"55\" y=\"0\" height=\"24\"",
                        "What changed since #1")
                .contains("<code>DATABASE_URL</code> removed", "Go back to #1", "name=\"release\" value=\"1\"")
                .doesNotContain("<b>no database", "th:", "${");
        assertThat(world.signIn(Role.VIEWER).get(SERVICE).body())
                .contains("It keeps ending")
                .doesNotContain("Go back to #1");
    }

    @Test
    void theApiSaysTheSame() {
        crashing();
        var crash = get();
        assertThat(crash.path("state").asText()).isEqualTo("crashing");
        assertThat(crash.path("deployment").asInt()).isEqualTo(2);
        assertThat(crash.path("sentence").asText()).isEqualTo(SENTENCE);
        assertThat(crash.path("ends")).hasSize(3);
        assertThat(crash.at("/ends/0/exit_code").asInt()).isEqualTo(7);
        assertThat(crash.at("/ends/0/failure").asText()).isEqualTo("ended");
        assertThat(crash.path("changes").toString()).contains("\"removed\"", "DATABASE_URL");
        assertThat(crash.path("go_back_to").asInt()).isEqualTo(1);
    }

    @Test
    void oneEndIsForgivenWhenItHasStoodForAWhile() {
        var id = history.live(1, "Begin", Duration.ofHours(2));
        history.crash(id, SENTENCE, Duration.ofMinutes(11));
        assertThat(owner.get(SERVICE).body()).doesNotContain("panel crash");
        history.crash(id, SENTENCE, Duration.ofMinutes(9));
        assertThat(owner.get(SERVICE).body()).contains("panel crash", "It was started again at once.");
    }

    private void crashing() {
        var took = Duration.ofSeconds(5);
        history.live(1, "Begin", Duration.ofHours(2), took, Map.of("DATABASE_URL", "x"), History.WEB);
        var id = history.live(2, "Go on", Duration.ofMinutes(50), took, Map.of(), History.WEB);
        history.crash(id, SENTENCE, Duration.ofMinutes(20));
        history.crash(id, SENTENCE, Duration.ofMinutes(1));
        history.crash(id, SENTENCE, Duration.ofSeconds(30));
        history.state(Workload.State.CRASHING);
    }

    private JsonNode get() {
        return world.http().get(CRASH).as(world.owner()).send().json();
    }
}
