package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.AuditKit;
import dev.signalbox.accounts.Role;
import dev.signalbox.projects.Workload;
import dev.signalbox.secrets.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VariablesPagesTest {
    private static final String PATH = "/projects/shop/environments/production/services/web/variables";

    @TempDir
    Path directory;

    private World world;
    private Browsing owner;
    private Workload workload;

    @BeforeEach
    void start() {
        world = new World(directory).start();
        owner = world.signIn(Role.OWNER);
        var project = world.project(world.team, "shop");
        workload = world.workload(project, world.service(project, "web"));
        world.variables.replace(
                workload, Map.of("LOG_LEVEL", new Secret("info"), "TOKEN", new Secret("hush")), "Jonas");
        world.clock.advance(Duration.ofMinutes(1));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void namesAreShownAndValuesAreNot() {
        var page = owner.get(PATH);
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        assertThat(page.body())
                .contains("LOG_LEVEL", "Jonas", "1 min ago", "Reveal TOKEN", "Edit TOKEN", "Paste .env")
                .doesNotContain("hush", "th:", "${", "not live yet");
        assertThat(page.body().length()).isLessThan(45_000);
    }

    @Test
    void aViewerSeesNamesAndNoButtons() {
        var viewer = world.signIn(Role.VIEWER);
        assertThat(viewer.get(PATH).body())
                .contains("LOG_LEVEL")
                .doesNotContain("Reveal LOG_LEVEL", "Edit LOG_LEVEL", "Paste .env", "Add variable", "hush");
        assertThat(viewer.get(PATH + "/TOKEN/edit").status()).isEqualTo(403);
        assertThat(viewer.send(PATH + "/TOKEN/reveal", Map.of()).status()).isEqualTo(403);
        assertThat(set(viewer, "TOKEN", "x", "").status()).isEqualTo(403);
        assertThat(value("TOKEN")).isEqualTo("hush");
    }

    @Test
    void oneIsAddedEditedAndRemoved() {
        var added = set(owner, "GREETING", "a\r\nb\r\n", "");
        assertThat(added.status()).as(added.body()).isEqualTo(303);
        assertThat(added.header("Location")).hasValue(PATH);
        assertThat(value("GREETING")).isEqualTo("a\nb");

        assertThat(owner.get(PATH + "/GREETING/edit").body())
                .contains("Edit GREETING", "readonly")
                .doesNotContain("a\nb");
        // A link to a new one may be older than the variable.
        assertThat(owner.get(PATH + "/new?name=GREETING").body()).contains("Edit GREETING", seen("GREETING"));
        assertThat(set(owner, "GREETING", "c", seen("GREETING")).status()).isEqualTo(303);
        assertThat(value("GREETING")).isEqualTo("c");

        assertThat(owner.get(PATH + "/GREETING/remove").body()).contains("Remove GREETING", "Keep it");
        var seen = seen("GREETING");
        assertThat(owner.send(PATH + "/GREETING/remove", Map.of("seen", seen)).status())
                .isEqualTo(303);
        assertThat(world.variables.find(workload, "GREETING")).isEmpty();
        // Twice is no mistake.
        assertThat(owner.send(PATH + "/GREETING/remove", Map.of("seen", seen)).status())
                .isEqualTo(303);
        assertThat(owner.get(PATH + "/GREETING/edit").status()).isEqualTo(404);
    }

    @Test
    void whatARuleRefusesIsSaidAtItsFieldAndKept() {
        var name = set(owner, "2ND <b>", "typed & kept", "");
        assertThat(name.status()).isEqualTo(422);
        assertThat(name.body())
                .contains("id=\"name-e\"", "Use A to Z", "2ND &lt;b&gt;", "typed &amp; kept")
                .doesNotContain("<b>\"");
        var port = set(owner, "PORT", "seventy", "");
        assertThat(port.status()).isEqualTo(422);
        assertThat(port.body()).contains("id=\"value-e\"", "PORT is a number from 1 to 65535.", "seventy");
        assertThat(set(owner, "EMPTY", "\r\n", "").body()).contains("Type a value.");
        assertThat(set(owner, "A", "x", "yesterday").status()).isEqualTo(422);
        assertThat(world.variables.list(workload)).hasSize(2);
    }

    @Test
    void theSecondOfTwoIsToldAndOverwritesNothing() {
        var member = world.signIn(Role.MEMBER);
        var opened = seen("LOG_LEVEL");
        assertThat(set(member, "LOG_LEVEL", "debug", opened).status()).isEqualTo(303);
        world.clock.advance(Duration.ofMinutes(2));

        var second = set(owner, "LOG_LEVEL", "warn", opened);
        assertThat(second.status()).isEqualTo(422);
        assertThat(second.body())
                .contains(
                        member.session().person().name() + " changed LOG_LEVEL 2 min ago, after you, "
                                + owner.session().person().name(),
                        "warn");
        assertThat(value("LOG_LEVEL")).isEqualTo("debug");
        var removal = owner.send(PATH + "/LOG_LEVEL/remove", Map.of("seen", opened));
        assertThat(removal.status()).isEqualTo(422);
        assertThat(value("LOG_LEVEL")).isEqualTo("debug");
        // Who has read that may.
        assertThat(second.body()).contains("value=\"" + seen("LOG_LEVEL") + "\"");
        assertThat(set(owner, "LOG_LEVEL", "warn", seen("LOG_LEVEL")).status()).isEqualTo(303);
        assertThat(value("LOG_LEVEL")).isEqualTo("warn");
    }

    @Test
    void theSameFormTwiceDoesItOnce() {
        for (int i = 0; i < 2; i++) {
            assertThat(set(owner, "FRESH", "x", "").status()).isEqualTo(303);
        }
        assertThat(set(owner, "FRESH", "y", "").body()).contains("FRESH is set already. Nothing was changed.");
        assertThat(value("FRESH")).isEqualTo("x");
    }

    @Test
    void aFileIsPastedWholeOrNotAtAll() {
        var bad = paste("A=1\nB=\"never ends\nTOKEN=other", changed());
        assertThat(bad.status()).isEqualTo(422);
        assertThat(bad.body()).contains("Line 2: the quote &quot; that begins here never ends", "never ends\nTOKEN");
        assertThat(paste("A=1\n\nPORT=x", changed()).body()).contains("Line 3, PORT: PORT is a number");
        assertThat(paste("# nothing", changed()).body()).contains("There is no line NAME=value");
        assertThat(world.variables.list(workload)).hasSize(2);

        assertThat(paste("export A=1\nTOKEN='it # is'", changed()).status()).isEqualTo(303);
        assertThat(value("A")).isEqualTo("1");
        assertThat(value("TOKEN")).isEqualTo("it # is");
        assertThat(value("LOG_LEVEL")).isEqualTo("info");
    }

    @Test
    void aFileDoesNotOverwriteWhatAnotherChangedSince() {
        var opened = changed();
        world.clock.advance(Duration.ofSeconds(5));
        assertThat(set(world.signIn(Role.MEMBER), "TOKEN", "theirs", seen("TOKEN"))
                        .status())
                .isEqualTo(303);
        var second = paste("A=1\nTOKEN=mine", opened);
        assertThat(second.status()).isEqualTo(422);
        assertThat(second.body()).contains("changed TOKEN", "Nothing was changed.", "TOKEN=mine");
        assertThat(value("TOKEN")).isEqualTo("theirs");
        assertThat(world.variables.find(workload, "A")).isEmpty();
        assertThat(paste("A=1\nTOKEN=mine", changed()).status()).isEqualTo(303);
    }

    @Test
    void aValueIsRevealedToWhoHasJustProvedWhoTheyAre() {
        world.variables.replace(workload, Map.of("TOKEN", new Secret("<b>hush</b>")), "Jonas");
        var page = owner.send(PATH + "/TOKEN/reveal", Map.of());
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("&lt;b&gt;hush&lt;/b&gt;").doesNotContain("<b>hush");
        assertThat(page.header("Cache-Control")).hasValue("no-store");
        assertThat(AuditKit.recent(world.audit, world.team, 1)).first().satisfies(row -> {
            assertThat(row.action()).isEqualTo("variables.reveal");
            assertThat(row.object()).endsWith("/TOKEN/reveal");
            assertThat(row.toString()).doesNotContain("hush");
        });
        assertThat(owner.send(PATH + "/NOTHING/reveal", Map.of()).status()).isEqualTo(404);
        world.clock.advance(Duration.ofMinutes(16));
        var later = owner.send(PATH + "/TOKEN/reveal", Map.of());
        assertThat(later.status()).isEqualTo(403);
        assertThat(later.body()).contains("Your password, please").doesNotContain("hush");
    }

    @Test
    void whatIsNotLiveYetIsSaidAndDeployed() {
        serve(Map.of("LOG_LEVEL", "warn", "TOKEN", "hush", "GONE", "x"));
        var page = owner.get(PATH);
        assertThat(page.body())
                .contains("2 changes are not live yet.", "1 changed, 1 removed.", "Deploy changes", "GONE")
                .doesNotContain("Edit GONE");
        assertThat(owner.fragment(PATH, "variables").body().strip())
                .startsWith("<div")
                .contains("not live yet")
                .doesNotContain("<h1>");
        assertThat(world.signIn(Role.VIEWER).send(PATH + "/deploy", Map.of()).status())
                .isEqualTo(403);

        var asked = owner.send(PATH + "/deploy", Map.of());
        assertThat(asked.status()).as(asked.body()).isEqualTo(303);
        assertThat(asked.header("Location").orElseThrow()).contains("/deployments/2");
    }

    @Test
    void whatFailedIsDeployedWithWhatItMissed() {
        var history = world.history(workload);
        history.live(1, "One", Duration.ofHours(2), Duration.ofSeconds(5));
        failed(history, 2, "Two");
        var page = owner.get(PATH).body();
        assertThat(page)
                .contains("They are deployed with #2, Two (4be81d0), which failed.")
                .contains("#1 serves until that has proved itself.", "Restart #1 instead");
        assertThat(owner.get(PATH.replace("/variables", "")).body()).contains("They are deployed with #2, Two");

        assertThat(owner.send(PATH + "/deploy", Map.of("deployment", "7")).header("Location"))
                .hasValue(PATH);
        assertThat(world.deploys.newest(workload).orElseThrow().number()).isEqualTo(2);
        owner.send(PATH + "/deploy", Map.of("deployment", "2"));
        var again = world.deploys.newest(workload).orElseThrow();
        assertThat(again.number()).isEqualTo(3);
        assertThat(again.subject()).isEqualTo("Two");
    }

    @Test
    void whatServesMayBeRestartedInstead() {
        var history = world.history(workload);
        history.live(1, "One", Duration.ofHours(2), Duration.ofSeconds(5));
        failed(history, 2, "Two");
        owner.send(PATH + "/deploy", Map.of("deployment", "1"));
        assertThat(world.deploys.newest(workload).orElseThrow().subject()).isEqualTo("One");
    }

    @Test
    void theFirstOfAllThatFailedIsDeployedWithWhatItMissed() {
        failed(world.history(workload), 1, "One");
        assertThat(owner.get(PATH).body())
                .contains("They are deployed with #1, One (4be81d0), which failed.")
                .doesNotContain("serves until", "instead");
        assertThat(owner.send(PATH + "/deploy", Map.of()).header("Location").orElseThrow())
                .contains("/deployments/2");
    }

    @Test
    void whatServesSinceIsDeployedAgain() {
        var history = world.history(workload);
        failed(history, 1, "One");
        history.live(2, "Two", Duration.ZERO, Duration.ofSeconds(5));
        assertThat(owner.get(PATH).body())
                .contains("web restarts with them, without a build.")
                .doesNotContain("instead");
    }

    private void serve(Map<String, String> variables) {
        world.history(workload).live(1, "One", Duration.ofHours(2), Duration.ofSeconds(5), variables, History.WEB);
    }

    /** Built, and ended for want of a variable. */
    private static void failed(History history, long number, String subject) {
        var id = history.underWay(number, subject, "starting", 2);
        history.release(id, number, Map.of(), History.process("web", "npm start", 1));
        history.fail(id, "starting", "web.1 ended by itself with exit code 1.");
    }

    @Test
    void nothingThatIsNotLiveIsNothingToDeploy() {
        serve(Map.of("LOG_LEVEL", "info", "TOKEN", "hush"));
        assertThat(owner.get(PATH).body()).doesNotContain("not live yet");
        assertThat(owner.send(PATH + "/deploy", Map.of()).header("Location")).hasValue(PATH);
    }

    private Http.Reply set(Browsing who, String name, String value, String seen) {
        return who.send(PATH + "/set", Map.of("name", name, "value", value, "seen", seen));
    }

    private Http.Reply paste(String values, String seen) {
        return owner.send(PATH + "/paste", Map.of("values", values, "seen", seen));
    }

    private String value(String name) {
        return world.variables.find(workload, name).orElseThrow().reveal();
    }

    private String seen(String name) {
        return world.variables.list(workload).stream()
                .filter(line -> line.name().equals(name))
                .map(line -> line.updatedAt().toString())
                .findFirst()
                .orElseThrow();
    }

    private String changed() {
        return VariablesPages.text(
                world.workload(workload.project(), workload.service()).variablesChangedAt());
    }
}
