package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.Role;
import dev.signalbox.projects.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scaling, limits and health in the panel. */
class ProcessPagesTest {
    private static final String SERVICE = "/projects/shop/environments/production/services/web";
    private static final String SETTINGS = SERVICE + "/settings";
    private static final String PROCESS = SETTINGS + "/processes/web";

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
        Workload workload = world.workload(project, world.service(project, "web"));
        history = new History(world, workload);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void beforeTheFirstBuildTheSettingsSayWhenProcessesCome() {
        assertThat(owner.get(SETTINGS).body()).contains("They come with the first build");
        assertThat(owner.get(PROCESS).status()).isEqualTo(404);
    }

    @Test
    void theSettingsListProcesses() {
        live();
        assertThat(owner.get(SETTINGS).body())
                .contains("1 × 512 MB", "GET / answers below 500", "before each release, 512 MB", "It has to end well")
                .contains("href=\"" + PROCESS + "\"")
                .doesNotContain("th:", "${", "What serves was deployed with");
        assertThat(owner.get(SERVICE).body()).contains("Scale and health");
        assertThat(world.signIn(Role.VIEWER).get(SETTINGS).body())
                .contains("1 × 512 MB")
                .doesNotContain(PROCESS);
    }

    @Test
    void savingDeploysWhatServes() {
        live();
        assertThat(owner.get(PROCESS).body())
                .contains("name=\"replicas\" value=\"1\"", "name=\"memory\" value=\"512\"", "without a build")
                .doesNotContain("th:", "${", "role=\"alert\"");

        var saved = save(Map.of("replicas", "3", "sticky", "on", "kind", "http", "path", "/up"));

        assertThat(saved.status()).as(saved.body()).isEqualTo(303);
        assertThat(saved.header("Location")).hasValue(SERVICE + "/deployments/2");
        assertThat(owner.get(SETTINGS).body())
                .contains("3 × 512 MB, visitors stay with one replica", "GET /up answers below 500")
                .contains("What serves was deployed with 1 × 512 MB");
        assertThat(owner.get(PROCESS).body()).contains("checked=\"checked\"", "value=\"/up\"");
    }

    @Test
    void whatIsSoAlreadyIsNotDeployed() {
        live();
        assertThat(save(Map.of()).header("Location")).hasValue(SETTINGS + "#processes");
    }

    @ParameterizedTest
    @CsvSource({
        "replicas, -1, Use 0 to 100. Nothing was changed.",
        "replicas, 10000, Use 0 to 100. Nothing was changed.",
        "replicas, many, Type a whole number.",
        "replicas, '', Type a number.",
        "memory, 1, Use 16 to 1048576. Nothing was changed.",
        "memory, 8192, 'That is 8,192 MB in all, and this machine has 3,814 MB. Nothing was changed.'",
        "cpu, 1, 'Use 0 for no limit, or 50 to 2000; 1000 is one core of this machine. Nothing was changed.'",
        "path, /ok;id, Start it with /",
        "host, x$(id), Use a host name such as shop.example.com. Nothing was changed.",
        "tries, 99, 'Use 1 to 20, or leave it out. Nothing was changed.'",
        "kind, GET id, 'Use one of usual, http, tcp, up. Nothing was changed.'"
    })
    void whatCannotBeIsSaidBesideWhatWasTyped(String field, String typed, String sentence) {
        live();
        var refused = save(Map.of(field, typed));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains(sentence);
        if (!field.equals("kind")) {
            assertThat(refused.body())
                    .contains("id=\"" + field + "-e\"", "name=\"" + field + "\" value=\"" + typed + "\"");
        }
        assertThat(owner.get(SETTINGS).body()).contains("1 × 512 MB").doesNotContain("What serves was deployed with");
    }

    @Test
    void nobodyOvertakesAWayBackUnawares() {
        live();
        history.rollback(2, 1);
        var refused = save(Map.of("replicas", "2"));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body()).contains("#2 waits to go back to release #1", "Nothing was changed.");
    }

    private void live() {
        history.live(
                1,
                "Begin",
                Duration.ofHours(1),
                Duration.ofSeconds(5),
                Map.of(),
                History.WEB,
                History.process("release", "node migrate.js", 1));
    }

    private Http.Reply save(Map<String, String> typed) {
        var form = new HashMap<>(Map.of(
                "replicas", "1",
                "memory", "512",
                "cpu", "",
                "kind", "usual",
                "path", "/",
                "status", "",
                "host", "",
                "start", "",
                "every", "",
                "timeout", ""));
        form.put("tries", "");
        form.putAll(typed);
        return owner.send(PROCESS, form);
    }
}
